"""The trusted side: start a zygote, fork children from it, ask them, believe nothing but bounded numbers."""

import codecs
import json
import os
import select
import shutil
import socket
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import numpy as np

from grading.sandbox import launch, wire
from grading.sandbox.deadline import Deadline, look_at, process_behind
from grading.sandbox.launch import ENVIRONMENT, StartFault
from grading.sandbox.line_numbers import is_line
from grading.sandbox.namespaces import NOBODY
from grading.sandbox.outcome import TOLD, Outcome

__all__ = ["ENVIRONMENT", "Answer", "StudentFault", "Worker", "Zygote", "ZygoteFault"]

REPLY_LIMIT = 20  # seconds for a zygote that runs to fork a child, or to collect one
TIMEOUTS_ENDURED = 20  # of one file; after that, no question is asked


class StudentFault(Exception):
    """What a student's code did in place of answering.

    outcome  an Outcome, or its name
    message  a bounded text from the student's side: escape it wherever it is shown
    line     a line of the student's file, or None
    """

    def __init__(self, outcome, message="", line=None):
        super().__init__(outcome, message, line)
        self.outcome, self.message, self.line = Outcome(outcome), message, line


class ZygoteFault(RuntimeError):
    """Our own process failed: never a student's doing as far as we know."""


class Answer(dict):
    """A child's arrays by name; one that is not there is the student's fault."""

    def __missing__(self, name):
        raise StudentFault(Outcome.BAD_ANSWER)


@dataclass(frozen=True)
class Child:
    """A forked child: its process id for the zygote, and for us (or None); where to write to it and read from it.

    generation   which of the zygotes that followed one another forked it: a process id means nothing to the next one
    """

    pid: int
    generation: int
    outer_pid: int | None
    requests: int
    answers: int


class Zygote:
    """A process that has imported torch and forks children.  One thread uses it at a time.

    Student code can kill or stop it: then another is started in its place, unless it is `retired`.

    without      layers that are left out on purpose (see `layers.LAYERS`)
    missing      the layers that children do not have: name -> reason
    generation   how many processes have been started here, one in another's place
    """

    retired = False
    generation = 0

    def __init__(self, without=(), walls=None):
        self.without, self.asked_walls = tuple(without), walls
        self.start()

    def start(self):
        try:
            self.started = launch.start("serve", self.without, self.asked_walls)
        except StartFault as reason:
            raise ZygoteFault(f"{reason}; `python -m grading doctor` says what this machine gives") from None
        self.process, self.control, self.missing = self.started.process, self.started.control, self.started.missing
        self.walls = self.started.walls
        self.generation += 1
        self.control.settimeout(REPLY_LIMIT)

    def replace(self):
        """Start another process in the place of one that does not reply.  Raises ZygoteFault."""
        if self.retired:
            raise ZygoteFault("the process that runs student code has been ended")
        self.close()
        self.start()

    def request(self, message, descriptors=()):
        """(the zygote's reply, descriptors that came with it).  Raises ZygoteFault where it does not reply."""
        try:
            socket.send_fds(self.control, [message], descriptors)
            said, came, _, _ = socket.recv_fds(self.control, launch.MESSAGE_LENGTH, 1)
        except OSError as reason:
            raise ZygoteFault(f"the process that runs student code does not answer ({reason})") from None
        if not said:
            raise ZygoteFault("the process that runs student code is gone")
        return said, came

    def fork(self, folder):
        """A new Child, around which every layer stands that is not `missing`.  Raises ZygoteFault."""
        if os.geteuid() == 0 and "account" not in self.missing:
            os.chown(folder, NOBODY, NOBODY)
        requests, to_child = os.pipe()
        from_child, answers = os.pipe()
        folder_descriptor = os.open(folder, os.O_RDONLY)
        try:
            said, came = self.request_fork([requests, answers, folder_descriptor])
        except ZygoteFault:
            os.close(to_child)
            os.close(from_child)
            raise
        finally:
            for descriptor in (requests, answers, folder_descriptor):
                os.close(descriptor)
        outer_pid = process_behind(came[0]) if came else None
        for descriptor in came:
            os.close(descriptor)
        told = json.loads(said)
        if "pid" not in told:
            os.close(to_child)
            os.close(from_child)
            raise ZygoteFault(f"a layer around student code does not stand: {told['layer']} ({told['reason']})")
        return Child(told["pid"], self.generation, outer_pid, to_child, from_child)

    def request_fork(self, descriptors):
        """The reply to `fork`; a zygote that does not reply is replaced, once.  Raises ZygoteFault."""
        try:
            return self.request(b"fork", descriptors)
        except ZygoteFault:
            self.replace()
            return self.request(b"fork", descriptors)

    def reap(self, child):
        """Kill a child with all that it started.

        Asked once, and only of the zygote that forked it: to another one its process id is that of another child, or
        of nobody.  A zygote that does not reply is replaced, and its children end with it.  Raises ZygoteFault.
        """
        if child.generation != self.generation:
            return
        try:
            self.request(b"reap %d" % child.pid)
        except ZygoteFault:
            self.replace()

    def close(self):
        self.started.close()


class Worker:
    """One student's file in a child process: `ask` it, and get arrays or a StudentFault.

    A child that hangs, dies or answers nonsense is killed with all that it started; the next question goes to
    a new one.  A file that can't be run whole is opened again for its definitions alone (`whole` is False then);
    one for which that fails, too, answers every question with the fault of the first attempt.

    run     False: the file is parsed and nothing in it ever runs, so that what is read off it can be believed
    reader  a Worker that only reads the same file: `load`, to be called once it has been asked what there is to ask,
            goes on in its child, which saves a fork; the reader's next question goes to a new one
    classes the classes that are asked for: of a notebook no more is run than they stand on; none: all of it
    """

    def __init__(self, zygote, name, content, time_limit, run=True, reader=None, classes=()):
        self.zygote, self.name, self.content, self.time_limit = zygote, name, content, time_limit
        self.run, self.reader, self.classes = run, reader, list(classes)
        self.folder = tempfile.mkdtemp(prefix="marking-")
        self.child = None
        self.whole = True
        self.load_fault = None
        self.timeouts = 0
        if reader is None:
            self.load()

    def load(self):
        """Open the file in a new child: whole, else its definitions; of a notebook, which trains, only those."""
        if self.run and self.content.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"{":
            self.whole = False
        try:
            self.open_file(self.how())
        except StudentFault as fault:
            self.load_fault = fault
        if self.run and self.whole and self.load_fault and self.load_fault.outcome != Outcome.UNREADABLE:
            with suppress(StudentFault):
                self.open_file("definitions")
                self.whole = False

    def how(self):
        """How the file is opened: see `student_module.load_module`."""
        return "parse" if not self.run else "whole" if self.whole else "definitions"

    def open_file(self, how):
        self.stop_child()
        self.child = self.take_over() or self.zygote.fork(self.folder)
        facts = {"operation": "open", "name": self.name, "how": how, "classes": self.classes}
        self.exchange({"content": np.frombuffer(self.content, dtype=np.uint8)}, facts)

    def take_over(self):
        """The reader's child, in which nothing of the student's has run; None where there is none, and after that."""
        reader, self.reader = self.reader, None
        if reader is None or reader.child is None or reader.has_more_to_say():
            return None
        child, reader.child = reader.child, None
        return child

    def ask(self, operation, arrays=None, **facts):
        """(arrays, facts) of the child's answer.  Raises StudentFault."""
        if self.load_fault and (self.whole or self.load_fault.outcome == Outcome.UNREADABLE):
            raise self.load_fault
        if self.timeouts >= TIMEOUTS_ENDURED:
            raise StudentFault(Outcome.TIMEOUT, f"{self.time_limit:g}")
        if self.child is None or self.has_more_to_say():
            self.open_file(self.how())
        return self.exchange(arrays or {}, {"operation": operation, **facts})

    def has_more_to_say(self):
        """Whether the child has ended, or said something that it was not asked for: then it is not asked again."""
        return bool(select.select([self.child.answers], [], [], 0)[0])

    def exchange(self, arrays, facts):
        """Send one request, wait for its answer no longer than the limit."""
        try:
            deadline = Deadline(self.time_limit, partial(look_at, self.child.outer_pid))
            deadline.write(self.child.requests, wire.encode(arrays, facts))
            found, told = deadline.receive(self.child.answers)
        except TimeoutError:
            self.stop_child()
            self.timeouts += 1
            raise StudentFault(Outcome.TIMEOUT, f"{self.time_limit:g}") from None
        except wire.BadMessage as reason:
            self.stop_child()
            outcome = Outcome.CRASHED if str(reason) == "cut off" else Outcome.BAD_ANSWER
            raise StudentFault(outcome, str(reason)) from None
        except BrokenPipeError:
            self.stop_child()
            raise StudentFault(Outcome.CRASHED) from None
        outcome = str(told.get("outcome"))
        if outcome not in TOLD:
            self.stop_child()
            raise StudentFault(Outcome.BAD_ANSWER)
        if outcome == Outcome.DONE:
            return Answer(found), told
        line = told.get("line")
        raise StudentFault(outcome, str(told.get("message", ""))[:200], line if is_line(line, self.content) else None)

    def stop_child(self):
        """Kill the child with its process group; with all that it started, where it has a PID namespace of its own."""
        if self.child is None:
            return
        child, self.child = self.child, None
        os.close(child.requests)
        os.close(child.answers)
        self.zygote.reap(child)

    def close(self):
        self.stop_child()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
