"""What ends a marking before its end keeps what is finished, and says how to go on."""

import errno
import os
import threading

import pytest

from grading.mark import where
from grading.mark.files import NoSubmissions
from grading.mark.grade import Stopped, grade
from grading.mark.output import UnusableOutput
from tests.grading.class_of_seven import STUDENTS, NoPool, results_in, rows_in


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
        patch.setattr(where, "ZygotePool", Pool)
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
