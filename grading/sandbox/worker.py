"""The trusted side: start a zygote, fork children from it, ask them, believe nothing but bounded numbers."""

import os
import selectors
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np

from grading.sandbox import wire

START_LIMIT = 120  # seconds for the zygote to import torch on a machine under load
ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}


class StudentFault(Exception):
    """What a student's code did in place of answering.

    outcome  blank, no_statement, no_class, unbound, unreadable, error, timeout, crashed, bad_answer
    message  a bounded text from the student's side: escape it wherever it is shown
    line     a line of the student's file, or None
    """

    def __init__(self, outcome, message="", line=None):
        super().__init__(outcome, message, line)
        self.outcome, self.message, self.line = outcome, message, line


class ZygoteFault(RuntimeError):
    """Our own process failed: never a student's doing as far as we know."""


class Zygote:
    """A process that has imported torch and forks children.  One thread uses it at a time."""

    def __init__(self):
        ours, theirs = socket.socketpair()
        script = Path(__file__).with_name("zygote.py")
        self.process = subprocess.Popen(
            [sys.executable, "-I", str(script), str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        theirs.close()
        self.control = ours
        self.control.settimeout(START_LIMIT)
        if self.reply() != b"ready":
            raise ZygoteFault("the process that runs student code did not start; `python -m grading doctor` says more")

    def reply(self):
        try:
            return self.control.recv(64)
        except OSError as reason:
            raise ZygoteFault(f"the process that runs student code does not answer ({reason})") from None

    def fork(self, folder):
        """(process id, descriptor to write requests to, descriptor to read answers from) of a new child."""
        requests, to_child = os.pipe()
        from_child, answers = os.pipe()
        folder_descriptor = os.open(folder, os.O_RDONLY)
        try:
            socket.send_fds(self.control, [b"fork"], [requests, answers, folder_descriptor])
            return int(self.reply()), to_child, from_child
        finally:
            for descriptor in (requests, answers, folder_descriptor):
                os.close(descriptor)

    def reap(self, pid):
        self.control.send(b"reap %d" % pid)
        self.reply()

    def close(self):
        self.control.close()
        self.process.wait()


class Worker:
    """One student's file in a child process: `ask` it, and get arrays or a StudentFault.

    A child that hangs, dies or answers nonsense is killed with all that it started; the next question goes to
    a new one.  A file that can't be run whole is opened again for its definitions alone (`whole` is False then).
    """

    def __init__(self, zygote, name, content, time_limit):
        self.zygote, self.name, self.content, self.time_limit = zygote, name, content, time_limit
        self.folder = tempfile.mkdtemp(prefix="marking-")
        self.child = None
        self.whole = True
        self.load_fault = None
        self.load()

    def load(self):
        """Open the file in a new child: whole, else its definitions."""
        try:
            self.open_file(definitions_only=False)
        except StudentFault as fault:
            if fault.outcome == "unreadable":
                self.load_fault = fault
                return
            self.whole, self.load_fault = False, fault
            self.open_file(definitions_only=True)

    def open_file(self, definitions_only):
        self.stop_child()
        self.child = self.zygote.fork(self.folder)
        facts = {"operation": "open", "name": self.name, "definitions_only": definitions_only}
        self.exchange({"content": np.frombuffer(self.content, dtype=np.uint8)}, facts)

    def ask(self, operation, arrays=None, **facts):
        """(arrays, facts) of the child's answer.  Raises StudentFault."""
        if self.load_fault and self.whole:
            raise self.load_fault
        if self.child is None:
            self.open_file(definitions_only=not self.whole)
        return self.exchange(arrays or {}, {"operation": operation, **facts})

    def exchange(self, arrays, facts):
        """Send one request, wait for its answer no longer than the limit."""
        _, to_child, from_child = self.child
        try:
            deadline = Deadline(self.time_limit)
            deadline.write(to_child, wire.encode(arrays, facts))
            found, told = deadline.receive(from_child)
        except TimeoutError:
            self.stop_child()
            raise StudentFault("timeout", f"{self.time_limit:g}") from None
        except wire.BadMessage as reason:
            self.stop_child()
            outcome = "crashed" if str(reason) == "cut off" else "bad_answer"
            raise StudentFault(outcome, str(reason)) from None
        except BrokenPipeError:
            self.stop_child()
            raise StudentFault("crashed") from None
        outcome = told.get("outcome")
        if outcome == "done":
            return found, told
        if outcome not in {"blank", "no_statement", "no_class", "unbound", "unreadable", "error"}:
            raise StudentFault("bad_answer")
        line = told.get("line")
        raise StudentFault(outcome, str(told.get("message", ""))[:200], line if is_line(line) else None)

    def stop_child(self):
        """Kill the child and everything that it started."""
        if self.child is None:
            return
        pid, to_child, from_child = self.child
        self.child = None
        os.close(to_child)
        os.close(from_child)
        self.zygote.reap(pid)

    def close(self):
        self.stop_child()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Deadline:
    """Writes to and reads from pipes whose other end may never move again.  Raises TimeoutError past its time."""

    def __init__(self, seconds):
        self.end = time.monotonic() + seconds

    def wait_for(self, descriptor, event):
        with selectors.DefaultSelector() as selector:
            selector.register(descriptor, event)
            if not selector.select(max(0.0, self.end - time.monotonic())):
                raise TimeoutError

    def write(self, descriptor, content):
        os.set_blocking(descriptor, False)
        content = memoryview(content)
        while content:
            self.wait_for(descriptor, selectors.EVENT_WRITE)
            content = content[os.write(descriptor, content) :]

    def receive(self, descriptor):
        """(arrays, facts) of one message.  Raises BadMessage too."""
        (length,) = wire.LENGTH.unpack(self.read(descriptor, wire.LENGTH.size))
        if length > wire.ANSWER_LIMIT:
            raise wire.BadMessage("too large")
        return wire.decode(self.read(descriptor, length))

    def read(self, descriptor, length):
        parts = []
        while length:
            self.wait_for(descriptor, selectors.EVENT_READ)
            part = os.read(descriptor, min(length, 1 << 16))
            if not part:
                raise wire.BadMessage("cut off")
            parts.append(part)
            length -= len(part)
        return b"".join(parts)


def is_line(value):
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 1_000_000


class ZygotePool:
    """One zygote for each thread that marks, closed together."""

    def __init__(self):
        self.local = threading.local()
        self.zygotes = []

    def get(self):
        if not hasattr(self.local, "zygote"):
            self.local.zygote = Zygote()
            self.zygotes.append(self.local.zygote)
        return self.local.zygote

    def close(self):
        for zygote in self.zygotes:
            zygote.close()
