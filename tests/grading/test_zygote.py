"""The process that forks children: whatever becomes of it, another takes its place, and kills nobody else's child."""

import os
import signal
from types import SimpleNamespace

import pytest

from grading.sandbox import launch
from grading.sandbox import worker as worker_module
from grading.sandbox.worker import Zygote, ZygoteFault
from tests.grading.student_code import GOOD, SHORT, assert_answers, fault_of, with_bad


def test_student_code_that_kills_its_parent_does_not_end_the_marking(open_worker):
    worker = open_worker(
        with_bad("import os, signal\ntry: os.kill(os.getppid(), signal.SIGKILL)\nfinally: os._exit(0)")
    )
    assert fault_of(worker).outcome == "crashed"
    assert_answers(worker)
    assert_answers(open_worker(GOOD))


def parent_of(pid):
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("PPid:"))


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "stopped"])
def test_a_zygote_that_no_longer_replies_is_replaced(open_worker, zygote, number):
    worker = open_worker(GOOD)
    before = zygote.process.pid
    zygote.control.settimeout(SHORT)
    os.kill(parent_of(worker.child.outer_pid), number)
    worker.stop_child()
    assert zygote.process.pid != before
    assert_answers(worker)
    assert_answers(open_worker(GOOD))


@pytest.fixture
def spoken(monkeypatch):
    """What zygotes are asked, in order; each answers the first question, and is gone at the next."""
    said, started = [], []

    class Control:
        def settimeout(self, seconds):
            pass

    def start(*_):
        started.append(Control())
        return SimpleNamespace(
            process=None, control=started[-1], missing={"account": "-"}, walls="-", close=lambda: None
        )

    def send(control, messages, descriptors):
        number = started.index(control)
        if any(before == number for before, _ in said):
            raise ConnectionResetError("gone")
        said.append((number, messages[0]))

    monkeypatch.setattr(launch, "start", start)
    monkeypatch.setattr(worker_module.socket, "send_fds", send)
    monkeypatch.setattr(worker_module.socket, "recv_fds", lambda *_: (b'{"pid": 7}', [], 0, None))
    return said


def test_a_child_is_killed_by_the_zygote_that_forked_it_and_by_no_later_one(spoken, tmp_path):
    zygote = Zygote()
    child = zygote.fork(tmp_path)
    zygote.reap(child)  # it is gone, and is replaced
    assert zygote.generation == child.generation + 1
    zygote.reap(child)
    assert spoken == [(0, b"fork")]


def test_a_fork_that_is_not_answered_is_asked_of_the_next_zygote_once(spoken, tmp_path):
    zygote = Zygote()
    first, second = zygote.fork(tmp_path), zygote.fork(tmp_path)
    assert spoken == [(0, b"fork"), (1, b"fork")]
    assert (first.pid, first.generation) != (second.pid, second.generation)


def test_a_zygote_that_cannot_start_is_our_fault(monkeypatch):
    monkeypatch.setattr(launch.sys, "executable", "/bin/false")
    with pytest.raises(ZygoteFault, match="doctor"):
        Zygote()


def test_hostile_questions_leave_no_descriptor_open(open_worker):
    worker = open_worker(with_bad("import os; os._exit(0)"))
    fault_of(worker)
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(5):
        fault_of(worker)
    assert len(os.listdir("/proc/self/fd")) == before
