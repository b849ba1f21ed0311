"""Jobs give their results as they are done; what is left early is ended with its processes."""

import os
import subprocess
import sys
import time
from multiprocessing import active_children
from pathlib import Path

import pytest
import torch

from grading.jobs import as_done
from grading.room import REPOSITORY
from tests.executors import Here

LONG = 600  # seconds; longer than any test waits


def process_and_threads(number):
    return number, os.getpid(), torch.get_num_threads()


def wait(seconds):
    time.sleep(seconds)
    return seconds


def fail(number):
    raise ValueError(f"job {number}")


def test_every_job_is_done_in_processes_of_one_thread():
    found = dict(as_done(process_and_threads, [1, 2, 3], processes=2))
    assert [found[number][0] for number in (1, 2, 3)] == [1, 2, 3]
    assert os.getpid() not in {process for _, process, _ in found.values()}
    assert {threads for *_, threads in found.values()} == {1}


def test_an_executor_that_is_given_does_the_work():
    here = Here()
    assert dict(as_done(process_and_threads, [1, 2], here)) == {n: process_and_threads(n) for n in (1, 2)}
    assert here.jobs == [1, 2]


def test_what_is_left_early_is_ended_and_not_waited_for():
    before = set(active_children())
    done = as_done(wait, [0, LONG], processes=2)
    assert next(done) == (0, 0)
    started = set(active_children()) - before
    done.close()
    assert started
    assert not any(process.is_alive() for process in started)


def test_a_job_that_fails_says_so_and_ends_the_others():
    with pytest.raises(ValueError, match="job 1"):
        list(as_done(fail, [1], processes=1))


@pytest.mark.skipif(sys.platform != "linux", reason="other kernels end no process for its parent's sake")
def test_processes_do_not_outlive_a_first_one_that_is_killed(tmp_path):
    jobs = [f"open({str(tmp_path / name)!r}, 'w').close() or __import__('time').sleep({LONG})" for name in "ab"]
    words = f"from grading.jobs import as_done; list(as_done(eval, {jobs!r}, None, 2))"
    first = subprocess.Popen([sys.executable, "-c", words], cwd=REPOSITORY)
    try:
        until(lambda: len(list(tmp_path.iterdir())) == 2)
        others = children_of(first.pid)
    finally:
        first.kill()
        first.wait()
    assert len(others) >= 2
    until(lambda: not any(is_running(pid) for pid in others))


@pytest.mark.skipif(sys.platform != "linux", reason="other kernels end no process for its parent's sake")
def test_a_process_whose_first_one_is_gone_already_does_not_begin():
    words = "import os; from grading.jobs import start_process; start_process(os.getppid() + 1)"
    assert subprocess.run([sys.executable, "-c", words], cwd=REPOSITORY, check=False).returncode == 1


def until(found, seconds=60):
    """What `found()` gives, as soon as it is something."""
    end = time.monotonic() + seconds
    while not (what := found()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
    return what


def children_of(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def status_of(pid):
    """name -> value of /proc/PID/status; nothing of a process that is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except FileNotFoundError:
        return {}
    return dict(line.split(":\t", 1) for line in lines if ":\t" in line)


def is_running(pid):
    return status_of(pid).get("State", "Z")[0] != "Z"
