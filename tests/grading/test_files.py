"""What is found under a path: who handed in what, from folders, loose files and names, however hostile."""

import os

import pytest

from grading.mark.files import NoSubmissions, Submission, find_submissions
from tests.grading.submissions import (
    GRU,
    NOTEBOOK,
    REPORT,
    RNN,
    WANTED,
    both,
    found,
    only,
    write,
    zipped,
)

# One submission, or a folder of them


def test_a_folder_with_a_wanted_file_is_one_submission(tmp_path):
    assert only(both(tmp_path / "Ann")) == Submission("Ann", {RNN: b"rnn", GRU: b"gru"})


def test_a_folder_of_folders_and_zips_holds_one_submission_each_sorted_by_student(tmp_path):
    both(tmp_path / "Zoe")
    both(tmp_path / "Ann")
    zipped(tmp_path / "Max.zip", (RNN, b"max"))
    submissions = found(tmp_path)
    assert list(submissions) == ["Ann", "Max", "Zoe"]
    assert submissions["Max"].files == {RNN: b"max"}


def test_files_beside_the_folders_of_a_class_are_no_submissions(tmp_path):
    both(tmp_path / "Ann")
    write(tmp_path, **{"README.md": b"about this class", "grades.csv": b"", ".DS_Store": b""})
    assert set(found(tmp_path)) == {"Ann"}


@pytest.mark.parametrize("clutter", ["__MACOSX", ".git", ".ipynb_checkpoints"])
def test_clutter_is_neither_a_student_nor_a_source_of_files(tmp_path, clutter):
    both(tmp_path / "class" / clutter)
    write(tmp_path / "class" / "Ann" / clutter, **{GRU: b"clutter"})
    write(tmp_path / "class" / "Ann", **{RNN: b"rnn"})
    assert found(tmp_path / "class") == {"Ann": Submission("Ann", {RNN: b"rnn"})}


def test_the_files_of_a_folder_may_lie_deeper(tmp_path):
    write(tmp_path / "class" / "Ann" / "homework" / "final", **{RNN: b"rnn"})
    write(tmp_path / "class" / "Ann" / "homework", **{REPORT: b"pdf"})
    assert found(tmp_path / "class")["Ann"].files == {RNN: b"rnn", REPORT: b"pdf"}


def test_of_two_files_with_one_name_the_less_deep_is_taken(tmp_path):
    write(tmp_path / "class" / "Ann" / "a" / "old", **{RNN: b"deep"})
    write(tmp_path / "class" / "Ann" / "z", **{RNN: b"less deep"})
    assert found(tmp_path / "class")["Ann"].files == {RNN: b"less deep"}


def test_only_wanted_files_are_read(tmp_path):
    write(tmp_path / "Ann", **{RNN: b"rnn", "model.pth": b"weights", "RNN_skeleton.pyc": b"", "grades.csv": b""})
    assert set(only(tmp_path / "Ann").files) == {RNN}


def test_a_folder_named_like_a_wanted_file_is_none(tmp_path):
    write(tmp_path / "Ann" / GRU, **{"notes.txt": b""})
    write(tmp_path / "Ann", **{RNN: b"rnn"})
    assert only(tmp_path / "Ann").files == {RNN: b"rnn"}


@pytest.mark.parametrize("content", [b"", b"\n", b" \t\r\n"])
def test_an_empty_file_is_none_and_is_called_empty(tmp_path, content):
    alone, beside = write(tmp_path / "Ann", **{RNN: content}), write(tmp_path / "Bob", **{RNN: content, GRU: b"gru"})
    assert "there is nothing in RNN_skeleton.py" in only(alone).rejected
    assert only(beside).files == {GRU: b"gru"}
    assert ("empty", {"file": RNN}) in only(beside).notes


def test_a_student_with_nothing_wanted_is_rejected_and_the_others_are_not(tmp_path):
    (tmp_path / "Ann").mkdir()
    write(tmp_path / "Max", **{"notes.txt": b"sorry"})
    both(tmp_path / "Zoe")
    submissions = found(tmp_path)
    assert {name for name, submission in submissions.items() if submission.rejected} == {"Ann", "Max"}
    assert all(name in submissions["Ann"].rejected for name in WANTED)
    assert submissions["Zoe"].rejected == ()


# What can't be marked at all


def test_a_missing_path_is_said_to_be_missing(tmp_path):
    with pytest.raises(NoSubmissions, match="does not exist"):
        find_submissions(tmp_path / "nowhere", WANTED)


def test_an_empty_folder_holds_no_submission(tmp_path):
    with pytest.raises(NoSubmissions, match="holds no submission"):
        find_submissions(tmp_path, WANTED)


def test_a_folder_of_other_files_holds_no_submission(tmp_path):
    write(tmp_path, **{"notes.txt": b"", "grades.csv": b""})
    with pytest.raises(NoSubmissions, match=RNN):
        find_submissions(tmp_path, WANTED)


def test_a_path_that_is_neither_file_nor_folder_is_refused():
    with pytest.raises(NoSubmissions, match="can't be read"):
        find_submissions("/dev/null", WANTED)


PAIRS = {
    "folder_and_zip": ("Ann", "Ann.zip"),
    "case": ("ann", "ANN"),
    "made_equal": ("a:b", "a?b"),
    "normal_form": ("Jose\u0301", "Jos\xe9"),
    "folder_and_loose_file": ("Ann", "Ann.py"),
}


@pytest.mark.parametrize(("first", "second"), PAIRS.values(), ids=PAIRS)
def test_two_submissions_with_one_name_are_refused_by_that_name(tmp_path, first, second):
    for name in (first, second):
        if name.endswith(".zip"):
            zipped(tmp_path / name, (RNN, b"rnn"))
        elif name.endswith(".py"):
            write(tmp_path, **{name: b"rnn"})
        else:
            both(tmp_path / name)
    with pytest.raises(NoSubmissions, match=r"two submissions called '.+'"):
        find_submissions(tmp_path, WANTED)


# Names


def test_hostile_folder_names_reach_the_submission_made_safe(tmp_path):
    both(tmp_path / "\x1b[31mred\nline")
    both(tmp_path / "=cmd|' C calc'!A0")
    both(tmp_path / os.fsdecode(b"latin-\xe9"))
    assert set(found(tmp_path)) == {"_[31mred_line", "=cmd_' C calc'!A0", "latin-_"}


def test_a_submission_given_as_the_current_folder_has_the_folders_name(tmp_path, monkeypatch):
    monkeypatch.chdir(both(tmp_path / "Ann"))
    assert only(".").student == "Ann"


# Loose files of a class


def test_loose_files_belong_to_the_students_that_they_are_named_after(tmp_path):
    write(tmp_path, **{"ann_RNN_skeleton.py": b"1", "ann_GRU_skeleton (1).py": b"2", "bob_rnn_skeleton.py": b"3"})
    submissions = found(tmp_path)
    assert {name: one.files for name, one in submissions.items()} == {"ann": {RNN: b"1", GRU: b"2"}, "bob": {RNN: b"3"}}


def test_loose_files_that_are_named_after_students_alone_are_a_submission_each(tmp_path):
    write(tmp_path, **{"ann.py": b"1", "bob.ipynb": b"2", "max.py": b"3", "README.md": b""})
    assert {name: one.files for name, one in found(tmp_path).items()} == {
        "ann": {RNN: b"1", GRU: b"1"},
        "bob": {NOTEBOOK: b"2"},
        "max": {RNN: b"3", GRU: b"3"},
    }


def test_a_loose_module_beside_the_folders_of_a_class_is_not_lost(tmp_path):
    both(tmp_path / "Ann")
    both(tmp_path / "Max")
    write(tmp_path, **{"zoe.py": b"z"})
    assert set(found(tmp_path)) == {"Ann", "Max", "zoe"}


def test_a_folder_with_parts_of_other_names_is_one_submission(tmp_path):
    write(tmp_path / "Ann", **{"rnn.py": b"1", "gru.py": b"2"})
    assert only(tmp_path / "Ann") == Submission("Ann", {RNN: b"1", GRU: b"2"}, notes=only(tmp_path / "Ann").notes)


def test_what_was_decided_about_a_name_travels_with_the_submission(tmp_path):
    write(tmp_path / "Ann", **{"RNN_skeleton (1).py": b"1", GRU: b"2"})
    assert only(tmp_path / "Ann").notes == (("taken_for", {"file": RNN, "other": "RNN_skeleton (1).py"}),)


# Results among submissions


def test_where_results_go_is_no_submission(tmp_path):
    both(tmp_path / "Ann")
    (tmp_path / "marked").mkdir()
    (one,) = find_submissions(tmp_path, WANTED, tmp_path / "marked")
    assert one.student == "Ann"


def test_where_an_earlier_run_left_its_results_is_no_submission(tmp_path):
    both(tmp_path / "Ann")
    write(tmp_path / "marked" / "results", **{"Ann.json": b"{}"})
    write(tmp_path / "marked", **{"grades.csv": b""})
    assert set(found(tmp_path)) == {"Ann"}


def test_results_may_not_go_into_the_folder_of_submissions_itself(tmp_path):
    both(tmp_path / "Ann")
    with pytest.raises(NoSubmissions, match="both submissions and results"):
        find_submissions(tmp_path, WANTED, tmp_path / "Ann" / "..")


@pytest.mark.parametrize("inside", ["", "marked", "a/b/marked"])
def test_results_have_no_place_in_a_students_own_folder(tmp_path, inside):
    both(tmp_path / "class" / "Ann")
    both(tmp_path / "class" / "Bob")
    with pytest.raises(NoSubmissions, match=r"lies in the folder of 'Ann'; choose another folder with --out\."):
        find_submissions(tmp_path / "class", WANTED, tmp_path / "class" / "Ann" / inside)
    assert len(find_submissions(tmp_path / "class", WANTED, tmp_path / "class" / "marked")) == 2
    assert len(find_submissions(tmp_path / "class", WANTED, tmp_path / "class" / "Anna")) == 2


def test_a_link_to_where_results_lie_stops_nobody(tmp_path):
    both(tmp_path / "class" / "Ann")
    (tmp_path / "class" / "Bob").symlink_to(tmp_path)
    assert len(find_submissions(tmp_path / "class", WANTED, tmp_path / "marked")) == 2
