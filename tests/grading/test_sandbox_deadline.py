"""How long an answer is waited for, by a clock that the test turns."""

import os

import pytest

from grading.sandbox.deadline import BACKSTOP, Deadline, look_at, process_behind


class Machine:
    """A clock, and a child that is in one state and has had some share of the processor's time."""

    def __init__(self, state, share):
        self.now, self.state, self.share = 100.0, state, share

    def look(self):
        return None if self.state is None else (self.state, self.now * self.share)

    def end_of(self, limit):
        """After how many seconds a deadline says that time is over."""
        deadline = Deadline(limit, self.look, lambda: self.now)
        while not deadline.is_over():
            self.now += 0.25
        return self.now - 100.0


@pytest.mark.parametrize(
    ("state", "share", "end"),
    [
        ("R", 1.0, 10.0),
        ("R", 0.5, 20.0),  # a busy machine gives it half of a processor
        ("R", 4.0, 10.0),  # four threads
        ("R", 0.0, 10.0 * BACKSTOP),
        ("S", 0.5, 10.0),  # it sleeps, whatever it did before
        ("T", 0.0, 10.0),
        (None, 0.0, 10.0),  # a system that does not tell
    ],
)
def test_a_child_has_its_time_of_a_processor_and_no_more(state, share, end):
    assert Machine(state, share).end_of(10.0) == end


def test_a_silent_pipe_is_waited_for_no_longer_than_the_limit():
    reading, writing = os.pipe()
    try:
        with pytest.raises(TimeoutError):
            Deadline(0.0).read(reading, 1)
    finally:
        os.close(reading)
        os.close(writing)


def test_a_process_is_seen_with_its_state_and_time():
    state, seconds = look_at(os.getpid())
    assert state == "R"
    assert 0 < seconds <= sum(os.times()[:2]) + 1


def test_a_process_that_is_not_there_is_not_seen():
    assert look_at(None) is None
    assert look_at(2**30) is None


def test_a_descriptor_of_a_process_leads_to_its_id():
    descriptor = os.pidfd_open(os.getpid())
    try:
        assert process_behind(descriptor) == os.getpid()
    finally:
        os.close(descriptor)
    assert process_behind(descriptor) is None


def test_an_answer_that_trickles_in_for_ever_is_given_up_in_the_end():
    reading, writing = os.pipe()
    machine = Machine("R", 0.0)
    deadline = Deadline(10.0, machine.look, lambda: machine.now)
    try:
        os.write(writing, b"ab")
        machine.now += 10.0 * BACKSTOP - 1.0
        assert deadline.read(reading, 1) == b"a"
        machine.now += 1.0
        with pytest.raises(TimeoutError):
            deadline.read(reading, 1)
    finally:
        os.close(reading)
        os.close(writing)
