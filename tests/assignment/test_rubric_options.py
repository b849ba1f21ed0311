"""What a course sets in its rubric: which output it asks for, and what another publication's form earns."""

from functools import cached_property
from pathlib import Path

import pytest

from grading.mark.files import Submission
from grading.mark.grade import grade
from grading.mark.marking import mark_submission
from grading.room import Room, RoomError, open_room
from grading.sandbox.worker import Zygote

CASES = Path(__file__).parents[2] / "assignment" / "cases"
FILES = {"RNN_skeleton.py", "GRU_skeleton.py"}


def files_of(case):
    return {file: (CASES / case / file).read_bytes() for file in FILES}


@pytest.fixture(scope="module")
def zygote():
    started = Zygote()
    yield started
    started.close()


@pytest.fixture
def mark(zygote):
    """mark(case, **options) -> item id -> row, with these options in the rubric."""

    def mark_with(case, **options):
        room = open_room()
        vars(room)["rubric"] = room.rubric | options
        result = mark_submission(room, Submission(case, files_of(case)), zygote)
        return {row.id: row for row in result.items}

    assert isinstance(vars(Room)["rubric"], cached_property)
    return mark_with


@pytest.mark.parametrize(
    ("case", "asked", "points"),
    [
        ("all-right", "either", 10),
        ("all-right", "plain", 10),
        ("all-right", "tanh", 0),
        ("tanh-on-y", "either", 10),
        ("tanh-on-y", "tanh", 10),
        ("tanh-on-y", "plain", 0),
    ],
)
def test_the_rubric_may_ask_for_one_form_of_the_output(mark, case, asked, points):
    row = mark(case, output=asked)["rnn.model"]
    assert row.points == points
    assert points or "this course asks for" in row.cause


@pytest.mark.parametrize(("credit", "points"), [("none", 0), ("half", 5), ("all", 10)])
def test_another_publications_form_earns_what_the_rubric_sets(mark, credit, points):
    row = mark("mix-swapped", convention_credit=credit)["gru.new_state"]
    assert (row.status, row.misconception, row.points) == ("failed", "mix-swapped", points)
    assert "torch.nn.GRU have it your way" in row.cause


def test_an_option_that_is_none_of_the_choices_is_refused_in_one_sentence():
    room = open_room()
    vars(room)["rubric"] = room.rubric | {"output": "loud"}
    with pytest.raises(RoomError, match=r"sets output to 'loud'; it is one of: either, plain, tanh\."):
        room.option("output", ("either", "plain", "tanh"))


def test_a_class_is_not_marked_by_an_option_that_is_none_of_the_choices(tmp_path):
    room = open_room()
    vars(room)["rubric"] = room.rubric | {"convention_credit": "most"}
    with pytest.raises(RoomError, match="sets convention_credit to 'most'"):
        grade(room, CASES / "all-right", tmp_path / "marked", progress=False)
    assert not (tmp_path / "marked").exists()
