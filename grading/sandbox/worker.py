"""The trusted side: start a zygote, fork children from it, ask them, believe nothing but bounded numbers."""

import codecs
import os
import select
import selectors
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

import numpy as np

from grading.sandbox import wire

START_LIMIT = 120  # seconds for the zygote to import torch on a machine under load
REPLY_LIMIT = 20  # seconds for a zygote that runs to fork a child, or to collect one
ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",  # sets of a student's words have one order in every zygote; -I would not read it
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


class Answer(dict):
    """A child's arrays by name; one that is not there is the student's fault."""

    def __missing__(self, name):
        raise StudentFault("bad_answer")


class Zygote:
    """A process that has imported torch and forks children.  One thread uses it at a time.

    Student code can kill or stop it: then another is started in its place, unless it is `retired`.
    """

    retired = False

    def __init__(self):
        self.start()

    def start(self):
        ours, theirs = socket.socketpair()
        script = Path(__file__).with_name("zygote.py")
        self.process = subprocess.Popen(
            [sys.executable, "-sP", str(script), str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is ours to answer
        )
        theirs.close()
        self.control = ours
        self.control.settimeout(START_LIMIT)
        try:
            self.reply()
        except ZygoteFault:
            self.close()
            reason = "the process that runs student code did not start; `python -m grading doctor` says more"
            raise ZygoteFault(reason) from None
        self.control.settimeout(REPLY_LIMIT)

    def reply(self):
        try:
            said = self.control.recv(64)
        except OSError as reason:
            raise ZygoteFault(f"the process that runs student code does not answer ({reason})") from None
        if not said:
            raise ZygoteFault("the process that runs student code is gone")
        return said

    def request(self, message, descriptors=()):
        """The zygote's reply; one that does not reply is replaced, once."""
        try:
            return self.try_request(message, descriptors)
        except ZygoteFault:
            if self.retired:
                raise
            self.close()
            self.start()
            return self.try_request(message, descriptors)

    def try_request(self, message, descriptors):
        try:
            socket.send_fds(self.control, [message], descriptors)
        except OSError as reason:
            raise ZygoteFault(f"the process that runs student code is gone ({reason})") from None
        return self.reply()

    def fork(self, folder):
        """(process id, descriptor to write requests to, descriptor to read answers from) of a new child."""
        requests, to_child = os.pipe()
        from_child, answers = os.pipe()
        folder_descriptor = os.open(folder, os.O_RDONLY)
        try:
            return int(self.request(b"fork", [requests, answers, folder_descriptor])), to_child, from_child
        finally:
            for descriptor in (requests, answers, folder_descriptor):
                os.close(descriptor)

    def reap(self, pid):
        self.request(b"reap %d" % pid)

    def close(self):
        self.control.close()
        self.process.kill()
        self.process.wait()


class Worker:
    """One student's file in a child process: `ask` it, and get arrays or a StudentFault.

    A child that hangs, dies or answers nonsense is killed with all that it started; the next question goes to
    a new one.  A file that can't be run whole is opened again for its definitions alone (`whole` is False then);
    one for which that fails, too, answers every question with the fault of the first attempt.

    run   False: the file is parsed and nothing in it ever runs, so that what is read off it can be believed
    """

    def __init__(self, zygote, name, content, time_limit, run=True):
        self.zygote, self.name, self.content, self.time_limit = zygote, name, content, time_limit
        self.run = run
        self.folder = tempfile.mkdtemp(prefix="marking-")
        self.child = None
        self.whole = True
        self.load_fault = None
        self.load()

    def load(self):
        """Open the file in a new child: whole, else its definitions; of a notebook, which trains, only those."""
        if self.run and self.content.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"{":
            self.whole = False
        try:
            self.open_file(self.how())
        except StudentFault as fault:
            self.load_fault = fault
        if self.run and self.whole and self.load_fault and self.load_fault.outcome != "unreadable":
            with suppress(StudentFault):
                self.open_file("definitions")
                self.whole = False

    def how(self):
        """How the file is opened: see `student_module.load_module`."""
        return "parse" if not self.run else "whole" if self.whole else "definitions"

    def open_file(self, how):
        self.stop_child()
        self.child = self.zygote.fork(self.folder)
        facts = {"operation": "open", "name": self.name, "how": how}
        self.exchange({"content": np.frombuffer(self.content, dtype=np.uint8)}, facts)

    def ask(self, operation, arrays=None, **facts):
        """(arrays, facts) of the child's answer.  Raises StudentFault."""
        if self.load_fault and (self.whole or self.load_fault.outcome == "unreadable"):
            raise self.load_fault
        if self.child is None or self.has_more_to_say():
            self.open_file(self.how())
        return self.exchange(arrays or {}, {"operation": operation, **facts})

    def has_more_to_say(self):
        """Whether the child has ended, or said something that it was not asked for: then it is not asked again."""
        return bool(select.select([self.child[2]], [], [], 0)[0])

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
        outcome = str(told.get("outcome"))
        if outcome == "done":
            return Answer(found), told
        if outcome not in {"blank", "no_statement", "no_class", "unbound", "unreadable", "error"}:
            self.stop_child()
            raise StudentFault("bad_answer")
        line = told.get("line")
        raise StudentFault(outcome, str(told.get("message", ""))[:200], line if is_line(line) else None)

    def stop_child(self):
        """Kill the child with its process group; with all that it started, where it has a PID namespace of its own."""
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
            zygote.retired = True
            zygote.close()
