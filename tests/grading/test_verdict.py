"""A verdict says whether its cause is certain, and a reader is told so in the same breath."""

import pytest

from grading.mark.verdict import Speaker
from grading.sandbox.worker import StudentFault


@pytest.fixture
def speak(room):
    return Speaker(room.words, room.items["rnn.learns"])


@pytest.mark.parametrize(("cause", "is_certain"), [("unknown", True), ("output_tanh", True), ("learns", False)])
def test_a_cause_is_as_certain_as_the_table_that_it_stands_in(speak, cause, is_certain):
    verdict = speak.failed("seen", cause=cause)
    assert verdict.is_certain is is_certain
    assert verdict.cause.startswith("Perhaps: ") is not is_certain


def test_a_known_mistake_is_certain(speak):
    assert speak.failed("seen", "no-activation").is_certain


@pytest.mark.parametrize(("outcome", "is_certain"), [("unreadable", True), ("timeout", False), ("error", False)])
def test_why_code_stopped_is_certain_only_where_python_said_so(speak, outcome, is_certain):
    assert speak.fault(StudentFault(outcome, "x", 3)).is_certain is is_certain


def test_what_another_item_explains_is_only_likely(speak):
    assert not speak.after(speak.failed("seen"), "GRU").is_certain


def test_a_fault_has_one_of_the_known_outcomes():
    with pytest.raises(ValueError, match="graded"):
        StudentFault("graded")
