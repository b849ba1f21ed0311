"""A class is marked to its end whatever its submissions do, and what was told is on disk."""

import errno
import json

import pytest

from grading.mark import batch, kept
from grading.mark.grade import grade
from grading.sandbox.worker import ZygoteFault
from tests.grading.class_of_seven import STUDENTS, raising, results_in, rows_in

# What is told is on disk


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_result_and_its_page_are_on_disk_when_they_are_told(room, submissions, out, marked_by, jobs):
    told = []

    def look(result):
        assert json.loads((out / "results" / f"{result.student}.json").read_text())["student"] == result.student
        assert (out / "feedback" / f"{result.student}.html").is_file()
        told.append(result.student)

    marked_by()
    marked = grade(room, submissions, out, jobs=jobs, progress=False, told=look)
    assert sorted(told) == list(marked.students) == rows_in(out) == STUDENTS
    assert [result.student for result in marked.results] == STUDENTS


def test_a_submission_is_read_when_its_turn_comes_and_not_before(room, submissions, out, marked_by, monkeypatch):
    read, marked, ahead = [], [], []
    look = batch.read_submission
    monkeypatch.setattr(
        batch, "read_submission", lambda *a: read.append(a) or ahead.append(len(read) - len(marked)) or look(*a)
    )
    marked_by(lambda submission: marked.append(submission.student))
    grade(room, submissions, out, jobs=1, progress=False)
    assert ahead == [1] * len(STUDENTS)


def test_no_more_is_queued_than_is_marked_at_a_time_twice_over(room, submissions, out, marked_by, monkeypatch):
    waiting = []
    submit = batch.ThreadPoolExecutor.submit
    done = []
    monkeypatch.setattr(
        batch.ThreadPoolExecutor, "submit", lambda *a: waiting.append(len(waiting) + 1 - len(done)) or submit(*a)
    )
    marked_by()
    grade(room, submissions, out, jobs=1, progress=False, told=lambda result: done.append(result))
    assert max(waiting) <= 3


# Going on


def test_resume_marks_what_is_new_or_changed_and_nothing_else(room, submissions, out, marked_by):
    marked_by()
    grade(room, submissions, out, jobs=1, progress=False)
    (submissions / "Bob" / "RNN_skeleton.py").write_text("# changed\n")
    (out / "results" / "Cyd.json").unlink()
    (out / "feedback" / "Dan.html").unlink()
    (out / "results" / "Eve.json").write_text("{")
    again = []
    marked_by(lambda submission: again.append(submission.student))
    grade(room, submissions, out, jobs=1, resume=True, progress=False)
    assert again == ["Bob", "Cyd", "Dan", "Eve"]
    assert rows_in(out) == STUDENTS


def test_without_resume_all_is_marked_again(room, submissions, out, marked_by):
    again = []
    marked_by(lambda submission: again.append(submission.student))
    for _ in range(2):
        grade(room, submissions, out, jobs=1, progress=False)
    assert again == STUDENTS * 2


@pytest.mark.parametrize("fact", ["version", "marker", "release"])
def test_what_another_marker_or_release_gave_is_not_kept(room, submissions, out, marked_by, monkeypatch, fact):
    marked_by()
    grade(room, submissions, out, jobs=1, progress=False)
    ours = batch.stamp(room, 10.0)
    monkeypatch.setattr(batch, "stamp", lambda *_: ours | {fact: "another"})
    again = []
    marked_by(lambda submission: again.append(submission.student))
    grade(room, submissions, out, jobs=1, resume=True, progress=False)
    assert again == STUDENTS


def test_what_a_fault_of_ours_left_open_is_marked_again_on_resume(room, submissions, out, marked_by):
    marked_by(raising("Cyd", RuntimeError("a mistake of ours")))
    grade(room, submissions, out, jobs=1, progress=False)
    again = []
    marked_by(lambda submission: again.append(submission.student))
    grade(room, submissions, out, jobs=1, resume=True, progress=False)
    assert again == ["Cyd"]


def test_what_was_half_written_before_is_cleared_away(room, submissions, out, marked_by):
    (out / "results").mkdir(parents=True)
    (out / "results" / "Ann.json.part").write_text('{"half')
    marked_by()
    grade(room, submissions, out, jobs=1, progress=False)
    assert not list(out.rglob("*.part"))


# One submission's trouble


FAULTS = {
    "a mistake of ours": RuntimeError("a mistake of ours"),
    "no memory": MemoryError(),
    "a process that can not be forked": ZygoteFault("gone"),
    "no room for a working folder": OSError(errno.ENOSPC, "No space left on device"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_one_submissions_trouble_leaves_it_open_and_changes_no_other_result(
    room, submissions, tmp_path, marked_by, fault
):
    marked_by()
    grade(room, submissions, tmp_path / "well", jobs=1, progress=False)
    marked_by(raising("Cyd", fault))
    marked = grade(room, submissions, tmp_path / "ill", jobs=1, progress=False)
    well, ill = results_in(tmp_path / "well"), results_in(tmp_path / "ill")
    assert {student for student in STUDENTS if well[student] != ill[student]} == {"Cyd"}
    cyd = next(result for result in marked.results if result.student == "Cyd")
    assert (cyd.status, cyd.score, cyd.score_possible) == ("needs_review", 0.0, 100.0)
    assert cyd.grader["fault"] == type(fault).__name__


def test_a_file_that_breaks_our_reading_leaves_its_own_submission_open(room, submissions, out, marked_by, monkeypatch):
    look = batch.read_submission

    def read(found, wanted):
        if found.student == "Cyd":
            raise KeyError("a mistake of ours")
        return look(found, wanted)

    monkeypatch.setattr(batch, "read_submission", read)
    marked_by()
    marked = grade(room, submissions, out, jobs=1, progress=False)
    assert [result.status for result in marked.results].count("needs_review") == 1
    assert rows_in(out) == STUDENTS


def test_a_page_that_can_not_be_made_leaves_its_own_submission_open(room, submissions, out, marked_by, monkeypatch):
    write = kept.write_feedback

    def refuse(result, room, path):
        if result.student == "Cyd" and result.status == "graded":
            raise UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed")
        write(result, room, path)

    monkeypatch.setattr(kept, "write_feedback", refuse)
    marked_by()
    marked = grade(room, submissions, out, jobs=1, progress=False)
    assert {result.student for result in marked.results if result.status == "needs_review"} == {"Cyd"}


def test_a_process_that_dies_once_is_asked_again(room, submissions, out, marked_by):
    failures = [ZygoteFault("gone")]

    def spoil(submission):
        if submission.student == "Cyd" and failures:
            raise failures.pop()

    marked_by(spoil)
    marked = grade(room, submissions, out, jobs=1, progress=False)
    assert {result.status for result in marked.results} == {"graded"}


def test_where_no_student_code_can_be_run_at_all_the_machine_is_at_fault(room, submissions, out, marked_by):
    marked_by(raising("Ann", ZygoteFault("it does not start")))
    with pytest.raises(ZygoteFault):
        grade(room, submissions, out, jobs=1, progress=False)
