"""In which file the classes of a module are looked for: the choice, and what is said about it."""

import pytest

from grading.build.solution import solution_files
from grading.mark.files import Submission
from grading.mark.marking import mark_submission
from grading.mark.places import Defined, defined_by, notes_on_places, place_of
from grading.sandbox.worker import StudentFault, Worker

RNN, GRU = "RNN_skeleton.py", "GRU_skeleton.py"
NEEDED = {RNN: ["VanillaRNN"], GRU: ["GRUCell", "GRUModel"]}
UNREADABLE = Defined()


def defines(*names):
    return Defined(frozenset(names), names)


ALL = defines("VanillaRNN", "GRUCell", "GRUModel")
OWN = {RNN: defines("VanillaRNN"), GRU: defines("GRUCell", "GRUModel")}
EXCHANGED = {RNN: OWN[GRU], GRU: OWN[RNN]}


def places(defined):
    found = {file: place_of(file, needed, defined) for file, needed in NEEDED.items()}
    return {file: place for file, place in found.items() if place}


@pytest.mark.parametrize(
    ("defined", "expected"),
    [
        (OWN, {RNN: RNN, GRU: GRU}),
        (EXCHANGED, {RNN: GRU, GRU: RNN}),
        ({RNN: ALL}, {RNN: RNN, GRU: RNN}),
        ({RNN: ALL, GRU: defines("main")}, {RNN: RNN, GRU: RNN}),
        ({RNN: ALL, GRU: ALL}, {RNN: RNN, GRU: GRU}),
        ({RNN: ALL, GRU: UNREADABLE}, {RNN: RNN, GRU: GRU}),
        ({RNN: UNREADABLE}, {RNN: RNN}),
        ({RNN: defines("MyRNN"), GRU: OWN[GRU]}, {RNN: RNN, GRU: GRU}),
        ({RNN: defines("VanillaRNN", "GRUModel"), GRU: defines("GRUCell")}, {RNN: RNN, GRU: GRU}),
    ],
)
def test_classes_are_taken_from_their_own_file_unless_another_defines_more_of_them(defined, expected):
    assert places(defined) == expected


def said(room, defined):
    return notes_on_places(places(defined), NEEDED, defined, list(defined), room.words)


def test_where_all_is_in_its_place_nothing_is_said(room):
    assert said(room, OWN) == []


def test_two_exchanged_files_are_said_to_be_in_one_question(room):
    (note,) = said(room, EXCHANGED)
    assert note.startswith("RNN_skeleton.py defines GRUCell and GRUModel, and GRU_skeleton.py defines VanillaRNN")


def test_classes_that_stand_in_two_files_or_apart_are_named(room):
    (twice,) = said(room, {RNN: ALL, GRU: OWN[GRU]})
    assert twice.startswith("RNN_skeleton.py defines GRUCell and GRUModel as well")
    (apart,) = said(room, {RNN: defines("VanillaRNN", "GRUModel"), GRU: defines("GRUCell")})
    assert apart.startswith("GRU_skeleton.py does not define GRUModel, which RNN_skeleton.py does")


def test_each_line_of_two_exchanged_files_is_one_of_the_file_that_is_named_with_it(room, zygote):
    solution = solution_files(room)
    files = {RNN: solution[GRU], GRU: solution[RNN]}

    result = mark_submission(room.without(".learns"), Submission("Ann", files), zygote)

    names = {item.id: item.target.rpartition(":")[2] for item in room.items.values() if item.blank == "value"}
    rows = [row for row in result.items if row.id in names]
    assert {row.status for row in rows} == {"passed"}
    assert [row.id for row in rows if names[row.id] not in files[row.file].decode().splitlines()[row.line - 1]] == []


SOURCE = """
import torch, math as m
from torch import nn
if True:
    class Inner(nn.Module):
        hidden = 3
        def forward(self): local = 1
A, (B, C) = 1, (2, 3)
Other = Inner
def function(): inside = 1

class Broken(nn.Module):
    def forward(self:
"""


def test_what_a_file_defines_is_every_name_at_its_margin_and_in_its_blocks_and_no_local_one(zygote):
    with Worker(zygote, RNN, SOURCE.encode(), 20.0, run=False) as reader:
        found = defined_by(reader)
    assert found.names == {"torch", "m", "nn", "Inner", "A", "B", "C", "Other", "function", "Broken"}
    assert found.classes == ("Broken", "Inner")


class Liar:
    """A reader that tells what it likes."""

    def __init__(self, told):
        self.told = told

    def ask(self, operation, **facts):
        if self.told is None:
            raise StudentFault("unreadable")
        return {}, self.told


@pytest.mark.parametrize("told", [None, {}, {"names": 7, "defined": []}, {"names": [], "defined": None}], ids=repr)
def test_an_answer_of_another_form_says_nothing(told):
    assert defined_by(Liar(told)) == UNREADABLE


def test_what_is_told_is_bounded():
    found = defined_by(Liar({"names": [f"{n:x<9999}" for n in range(5000)], "defined": ["y"] * 1000}))
    assert max(map(len, found.names)) <= 100
    assert len(found.names) <= 2000
    assert len(found.classes) <= 200
