"""A class is marked to its end whatever its submissions do; what was told is on disk; the same bytes come out."""

import csv
import dataclasses
import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import threading

import pytest

from grading.mark import grade as batch
from grading.mark.files import NoSubmissions
from grading.mark.grade import Stopped, UnusableOutput, grade
from grading.mark.result import Result
from grading.room import REPOSITORY
from grading.sandbox.worker import ZygoteFault

CASES = REPOSITORY / "assignment" / "cases"
STUDENTS = ["Ann", "Bob", "Cyd", "Dan", "Eve", "Fay", "Gus"]


@pytest.fixture
def submissions(tmp_path):
    """A class of seven, each with one module."""
    for student in STUDENTS:
        (tmp_path / "class" / student).mkdir(parents=True)
        (tmp_path / "class" / student / "RNN_skeleton.py").write_text(f"# by {student}\n")
    return tmp_path / "class"


@pytest.fixture
def out(tmp_path):
    return tmp_path / "marked"


class NoPool:
    """A pool in which nothing has to be started."""

    def get(self):
        return None

    def close(self):
        pass


@pytest.fixture
def marked_by(monkeypatch, room):
    """marked_by(function of a submission): stands in for the marking of one submission, which it may spoil."""

    def use(spoil=lambda submission: None):
        def mark(room, submission, zygote, time_limit, told):
            spoil(submission)
            return Result(submission.student, "graded", 1.0, float(room.max_score), [])

        monkeypatch.setattr(batch, "mark_submission", mark)
        monkeypatch.setattr(batch, "ZygotePool", NoPool)

    return use


def results_in(out):
    return {path.stem: path.read_bytes() for path in (out / "results").iterdir()}


def rows_in(out):
    with (out / "grades.csv").open(newline="", encoding="utf-8") as table:
        return [row["student"] for row in csv.DictReader(table)]


def raising(student, error):
    def spoil(submission):
        if submission.student == student:
            raise error

    return spoil


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
    ours = batch.stamp(room)
    monkeypatch.setattr(batch, "stamp", lambda room: ours | {fact: "another"})
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
    write = batch.pages.write_feedback

    def refuse(result, room, path):
        if result.student == "Cyd" and result.status == "graded":
            raise UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed")
        write(result, room, path)

    monkeypatch.setattr(batch.pages, "write_feedback", refuse)
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


# An end before the end


def test_ctrl_c_keeps_what_is_finished_and_says_how_to_go_on(room, submissions, out, marked_by):
    def interrupt(result):
        if result.student == "Bob":
            raise KeyboardInterrupt

    marked_by()
    with pytest.raises(Stopped, match=r"^Stopped; \d of 7 submissions are marked and kept; .*--resume goes on\.$"):
        grade(room, submissions, out, jobs=1, progress=False, told=interrupt)
    kept = sorted(results_in(out))
    assert kept[:2] == ["Ann", "Bob"]
    assert len(kept) < len(STUDENTS)
    assert rows_in(out) == kept
    assert not list(out.rglob("*.part"))
    grade(room, submissions, out, jobs=1, resume=True, progress=False)
    assert rows_in(out) == STUDENTS


def test_what_is_under_way_when_the_marking_stops_is_not_written(room, submissions, out, marked_by):
    """A child that is killed because of Ctrl-C looks like one that crashed: that is no result."""
    bob_is_under_way, ann_was_told = threading.Event(), threading.Event()

    class Pool(NoPool):
        def close(self):
            ann_was_told.set()

    def spoil(submission):
        if submission.student == "Bob":
            bob_is_under_way.set()
            ann_was_told.wait()

    def interrupt(result):
        bob_is_under_way.wait()
        raise KeyboardInterrupt

    marked_by(spoil)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch, "ZygotePool", Pool)
        with pytest.raises(Stopped):
            grade(room, submissions, out, jobs=1, progress=False, told=interrupt)
    assert set(results_in(out)) == {"Ann"}


def test_a_full_disk_ends_the_marking_in_one_sentence_and_keeps_what_is_finished(
    room, submissions, out, marked_by, monkeypatch
):
    sync, written = os.fsync, []

    def fill_up(descriptor):
        written.append(descriptor)
        if len(written) > 8:
            raise OSError(errno.ENOSPC, "No space left on device")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", fill_up)
    marked_by()
    with pytest.raises(UnusableOutput, match=r"No space left on device.*--out; 3 of 7 submissions are marked and kept"):
        grade(room, submissions, out, jobs=1, progress=False)
    assert set(results_in(out)) == {"Ann", "Bob", "Cyd"}
    assert not list(out.rglob("*.part"))


@pytest.mark.parametrize("place", ["a file", "under a file", "under /proc"])
def test_an_output_that_can_not_be_written_is_refused_before_anything_is_marked(room, submissions, tmp_path, place):
    (tmp_path / "file").write_text("in the way")
    out = {"a file": tmp_path / "file", "under a file": tmp_path / "file" / "out", "under /proc": "/proc/1/marked"}[
        place
    ]
    with pytest.raises(UnusableOutput, match="choose another folder with --out"):
        grade(room, submissions, out, jobs=1, progress=False)


def test_results_do_not_go_among_the_submissions(room, submissions):
    with pytest.raises(NoSubmissions, match="--out"):
        grade(room, submissions, submissions, jobs=1, progress=False)


# The same goes in, the same comes out

SAMPLE = ["half-done", "own-style", "syntax-error"]
HOSTILE = "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nos.killpg(0, signal.SIGKILL)\nos._exit(0)\n"


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample")
    for name in SAMPLE:
        shutil.copytree(CASES / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def alone(room, sample, tmp_path_factory):
    """Each of the sample, marked by itself."""
    found = {}
    for name in SAMPLE:
        out = tmp_path_factory.mktemp(name)
        grade(room, sample / name, out, jobs=1, progress=False)
        found |= {path.name: path.read_bytes() for path in out.rglob("*") if path.stem == name}
    return found


def test_what_differs_from_process_to_process_is_not_in_a_result(room, tmp_path):
    shutil.copytree(CASES / "own-style", tmp_path / "class" / "Ann")
    with (tmp_path / "class" / "Ann" / "RNN_skeleton.py").open("a") as module:
        module.write("\nimport random, numpy\nDRAWN = random.random(), numpy.random.rand(), torch.rand(1)\n")
        module.write("raise ValueError(f'{object()} {hash(\"a\")} {DRAWN}')\n")
    found = set()
    for out in (tmp_path / "one", tmp_path / "two"):
        grade(room, tmp_path / "class", out, jobs=1, progress=False)
        found |= set(results_in(out).values())
    assert len(found) == 1
    assert b"object object at 0x" in found.pop()


def test_a_class_with_hostile_submissions_in_another_order_gives_the_same_bytes(
    room, sample, alone, tmp_path, monkeypatch
):
    shutil.copytree(sample, tmp_path / "class")
    for name in ("attack", "zzz"):
        (tmp_path / "class" / name).mkdir()
        (tmp_path / "class" / name / "RNN_skeleton.py").write_text(HOSTILE)
    (tmp_path / "class" / "bomb.zip").write_bytes(b"PK\x03\x04")
    find = batch.find_submissions
    monkeypatch.setattr(batch, "find_submissions", lambda *a: find(*a)[::-1])
    marked = grade(room, tmp_path / "class", tmp_path / "out", jobs=3, progress=False)
    assert len(marked.students) == len(SAMPLE) + 3
    together = {path.name: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.stem in SAMPLE}
    assert together == alone


def start(sample, out, *more):
    """`python -m grading grade` in a process of its own, with its output as it comes."""
    command = [sys.executable, "-m", "grading", "grade", str(sample), "--out", str(out), "--jobs", "1", *more]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, cwd=REPOSITORY, text=True, **pipes)


def first_row(process):
    heading, row = process.stdout.readline(), process.stdout.readline()
    assert heading.startswith("student")
    return row.split()[0]


def test_a_kill_at_any_moment_loses_nothing_that_was_printed(sample, alone, tmp_path):
    with start(sample, tmp_path) as process:
        printed = first_row(process)
        process.kill()
    kept = tmp_path / "results" / f"{printed}.json"
    assert kept.read_bytes() == alone[kept.name]
    before = kept.stat().st_mtime_ns
    with start(sample, tmp_path, "--resume") as process:
        process.communicate()
    assert process.returncode == 0
    assert kept.stat().st_mtime_ns == before
    assert results_in(tmp_path) == {name: alone[f"{name}.json"] for name in SAMPLE}
    assert not list(tmp_path.rglob("*.part"))


def test_ctrl_c_on_the_command_line_ends_with_130_and_one_sentence(sample, alone, tmp_path):
    with start(sample, tmp_path) as process:
        first_row(process)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
    assert process.returncode == 130
    layers, *sentences = said.strip().splitlines()
    assert layers.startswith("student code:")
    assert len(sentences) == 1
    assert sentences[0].startswith("Stopped; ")
    assert all(content == alone[f"{name}.json"] for name, content in results_in(tmp_path).items())
    assert rows_in(tmp_path) == sorted(results_in(tmp_path))


def test_a_reader_of_the_output_who_leaves_does_not_stop_the_marking(sample, tmp_path):
    with start(sample, tmp_path) as process:
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
    assert process.returncode == 0, said
    assert set(results_in(tmp_path)) == set(SAMPLE)


def test_a_stamp_names_the_marker_and_the_release(room, tmp_path):
    ours = batch.stamp(room)
    assert list(ours) == ["version", "seed", "marker", "release"]
    assert ours == batch.stamp(room)
    other = dataclasses.replace(room, modules={"GRU_skeleton.py": []})
    assert batch.stamp(other)["release"] != ours["release"]
