"""Jobs give their results as they are done; what is left early is ended with its processes."""

import os
import time
from multiprocessing import active_children

import pytest
import torch

from grading.jobs import as_done
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
