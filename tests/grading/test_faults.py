"""Our own faults: they cost nobody anything, are left to a person, and say where they happened."""

import dataclasses
import json

import pytest

from grading.mark.fault import LINE_LIMIT, Fault
from grading.mark.files import Submission
from grading.mark.grade import grade
from grading.mark.marking import Marking, mark_submission
from grading.sandbox.worker import ZygoteFault
from tests.grading.class_of_seven import raising


@pytest.fixture
def submission():
    return Submission("Ann", {"RNN_skeleton.py": b"x = 1\n"})


def test_where_our_own_code_fails_the_whole_mark_stays_open(room, submission, monkeypatch):
    def fail(self):
        raise KeyError("a mistake of ours")

    monkeypatch.setattr(Marking, "open_modules", fail)
    result = mark_submission(room, submission, zygote=None)
    assert (result.status, result.score, result.score_possible) == ("needs_review", 0.0, 100.0)
    assert {item.status for item in result.items} == {"needs_review"}
    assert "Our marker failed (KeyError)" in result.notes[0]


def test_where_one_check_of_ours_fails_its_item_alone_stays_open(room, submission, zygote, monkeypatch):
    def fail(half):
        raise ZeroDivisionError

    monkeypatch.setitem(room.load("marking").CHECKS, "rnn.layers", fail)
    result = mark_submission(room, submission, zygote, time_limit=20.0)
    in_doubt = {item.id for item in result.items if item.status == "needs_review"}
    assert (in_doubt, result.status) == ({"rnn.layers"}, "needs_review")
    assert any("rnn.layers: our marker failed (ZeroDivisionError)" in note for note in result.notes)


def test_what_earns_no_points_can_not_hold_up_a_mark(room, submission, zygote):
    with_report = dataclasses.replace(submission, files=submission.files | {"report.pdf": b"no PDF at all"})
    result = mark_submission(room, with_report, zygote, time_limit=20.0)
    (report,) = [item for item in result.items if item.id == "report.one_page"]
    assert (report.status, result.status) == ("needs_review", "graded")
    assert result.notes[-1] == "Not scored, but worth a look: report.one_page."


def test_a_note_about_the_files_is_said_in_whole_words_that_steer_no_terminal(room, zygote):
    noted = Submission(
        "Ann", {"RNN_skeleton.py": b""}, notes=(("taken_for", {"file": "a.py", "other": "\x1b[2J{x}.py"}),)
    )
    note, _ = mark_submission(room, noted, zygote, time_limit=20.0).notes
    assert note == " [2J{x}.py was taken for a.py; give it that name."


def test_without_a_process_for_student_code_nothing_is_marked_at_all(room, submission, monkeypatch):
    def fail(self):
        raise ZygoteFault("it does not start")

    monkeypatch.setattr(Marking, "open_modules", fail)
    with pytest.raises(ZygoteFault):
        mark_submission(room, submission, zygote=None)


# What failed is written down


def test_a_fault_says_where_it_happened_and_can_not_steer_a_terminal():
    def ours():
        raise KeyError("\x1b[2J" + "x" * 10**6)

    with pytest.raises(KeyError) as raised:
        ours()
    fault = Fault.of(raised.value, "gru.candidate")
    assert (fault.name, fault.during) == ("KeyError", "gru.candidate")
    assert "in ours" in fault.text
    assert all(line.isprintable() for line in fault.text.split("\n"))
    assert len(fault.text) < 10**4


def test_a_fault_without_an_end_is_kept_to_a_length():
    def first(depth):
        return second(depth - 1) if depth else {}["end"]

    def second(depth):
        return first(depth)

    with pytest.raises(KeyError) as raised:
        first(300)
    assert len(Fault.of(raised.value).text.split("\n")) == LINE_LIMIT


def test_what_failed_has_a_file_that_the_result_and_stderr_name(room, submissions, out, marked_by, capsys):
    marked_by(raising("Cyd", KeyError("a mistake of ours")))
    marked = grade(room, submissions, out, jobs=1)
    text = (out / "faults" / "Cyd.txt").read_text()
    assert "Traceback" in text
    assert "KeyError: 'a mistake of ours'" in text
    cyd = next(result for result in marked.results if result.student == "Cyd")
    assert "faults/Cyd.txt" in cyd.notes[-1]
    assert "faults/Cyd.txt" in (out / "feedback" / "Cyd.html").read_text()
    assert [line for line in capsys.readouterr().err.splitlines() if "our marker failed" in line] == [
        f"Cyd: our marker failed; {out / 'faults' / 'Cyd.txt'} says where."
    ]
    assert [path.name for path in (out / "faults").iterdir()] == ["Cyd.txt"]


def test_what_failed_is_forgotten_once_the_submission_is_marked_well(room, submissions, out, marked_by):
    marked_by(raising("Cyd", KeyError("a mistake of ours")))
    grade(room, submissions, out, jobs=1, progress=False)
    marked_by()
    marked = grade(room, submissions, out, jobs=1, resume=True, progress=False)
    assert not (out / "faults").exists()
    assert {result.status for result in marked.results} == {"graded"}


def test_a_class_without_faults_of_ours_has_no_folder_for_them(room, submissions, out, marked_by):
    marked_by()
    grade(room, submissions, out, jobs=1, progress=False)
    assert not (out / "faults").exists()


def test_a_fault_in_one_check_of_ours_is_told_with_its_item_and_kept_by_no_later_run(
    room, submission, zygote, monkeypatch
):
    def fail(half):
        raise ZeroDivisionError

    monkeypatch.setitem(room.load("marking").CHECKS, "rnn.layers", fail)
    result = mark_submission(room, submission, zygote, time_limit=20.0)
    assert [(fault.name, fault.during) for fault in result.faults] == [("ZeroDivisionError", "rnn.layers")]
    assert result.grader["fault"] == "ZeroDivisionError"
    assert "faults" not in json.loads(result.to_json())
