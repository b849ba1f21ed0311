"""Names: what a browser, a system or a student made of a file's name, and which file is meant."""

from pathlib import PurePosixPath

import pytest

from grading.mark.names import Rejected, choose, owner_of

RNN, GRU, NOTEBOOK, REPORT = "RNN_skeleton.py", "GRU_skeleton.py", "RNN_Implementation.ipynb", "report.pdf"
WANTED = {RNN, GRU, NOTEBOOK, REPORT}


def chosen(*places):
    """wanted name -> place, both as text."""
    return {name: str(place) for name, place in choose(map(PurePosixPath, places), WANTED)[0].items()}


def notes(*places):
    return choose(map(PurePosixPath, places), WANTED)[1]


LIKE = [
    "RNN_skeleton (1).py", "RNN_skeleton(2).py", "RNN_skeleton-1.py", "rnn_skeleton.py", "RNN_Skeleton.PY",
    "RNN-skeleton.py", "RNN skeleton.py", "Copy of RNN_skeleton.py", "RNN_skeleton - Copy.py", "RNN_skeleton copy 2.py",
    "RNN_skeleton.py.txt", "RNN_skeleton.txt", "homework/RNN_skeleton (1) (2).py",
]  # fmt: skip


@pytest.mark.parametrize("name", LIKE)
def test_a_file_with_almost_the_right_name_is_taken_and_told(name):
    assert chosen(name, GRU) == {RNN: name, GRU: GRU}
    assert notes(name, GRU) == [("taken_for", {"file": RNN, "other": PurePosixPath(name).name})]


def test_a_file_with_its_own_name_comes_first_and_the_other_is_told():
    assert chosen("RNN_skeleton (1).py", RNN, GRU) == {RNN: RNN, GRU: GRU}
    assert notes("RNN_skeleton (1).py", RNN, GRU) == [("beside", {"file": RNN, "other": "RNN_skeleton (1).py"})]


def test_an_old_copy_in_a_folder_below_is_nothing_to_tell():
    assert notes(RNN, "backup/RNN_skeleton (1).py") == []


@pytest.mark.parametrize("other", ["RNN_skeleton (2).py", "rnn_skeleton.py"])
def test_of_two_that_are_almost_right_neither_is_guessed(other):
    with pytest.raises(Rejected, match="twice"):
        chosen("RNN_skeleton (1).py", other)


def test_two_names_that_differ_in_case_are_two_files_and_the_right_one_counts():
    assert chosen("rnn_skeleton.py", RNN) == {RNN: RNN}


def test_a_file_and_a_folder_of_one_name_are_told_apart():
    assert chosen(RNN, f"{RNN}/b.py", f"{GRU}/{GRU}") == {RNN: RNN, GRU: f"{GRU}/{GRU}"}


MEANT = {
    "each by its subject": (("my_rnn.py", "gru-final.py"), {RNN: "my_rnn.py", GRU: "gru-final.py"}),
    "with a name before": (("ann_RNN.py", "ann_GRU.py", "plot.py"), {RNN: "ann_RNN.py", GRU: "ann_GRU.py"}),
    "all in one file": (("ann.py",), {RNN: "ann.py", GRU: "ann.py"}),
    "both subjects in one": (("rnn_and_gru.py",), {RNN: "rnn_and_gru.py", GRU: "rnn_and_gru.py"}),
    "the only notebook": (("homework.ipynb", "plot.py"), {NOTEBOOK: "homework.ipynb"}),
    "a module and the only notebook": ((RNN, "homework.ipynb"), {RNN: RNN, NOTEBOOK: "homework.ipynb"}),
    "the notebook before a guess": ((RNN, "gru_test.py", NOTEBOOK), {RNN: RNN, NOTEBOOK: NOTEBOOK}),
    "a module, and no guess at the other": ((RNN, "plot.py"), {RNN: RNN}),
    "two of one subject": (("rnn_a.py", "rnn_b.py"), {}),
    "two of no subject": (("model.py", "train.py"), {}),
    "two notebooks": (("a.ipynb", "b.ipynb"), {}),
    "all complete": ((RNN, GRU, "homework.ipynb"), {RNN: RNN, GRU: GRU}),
    "the only report": (("essay.pdf",), {REPORT: "essay.pdf"}),
    "a handout beside": (("handout.pdf", RNN, GRU), {RNN: RNN, GRU: GRU}),
    "nothing": (("notes.txt", "data.csv"), {}),
}


@pytest.mark.parametrize(("places", "expected"), MEANT.values(), ids=MEANT)
def test_a_file_of_another_name_is_taken_where_only_one_can_be_meant(places, expected):
    assert chosen(*places) == expected


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("alice_RNN_skeleton.py", "alice"),
        ("Ann-Sophie O'Neil - GRU_skeleton (1).py", "Ann-Sophie O'Neil"),
        ("kim_gru-skeleton.PY", "kim"),
        ("bob_RNN_Implementation.ipynb", "bob"),
        ("RNN_skeleton.py", None),
        ("alice.py", None),
        ("aliceRNN_skeleton.py", None),
        ("alice_RNN_skeleton.py.exe", None),
    ],
)
def test_a_loose_file_may_be_named_after_its_student(name, owner):
    assert owner_of(name, WANTED) == owner
