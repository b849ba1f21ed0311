"""docs/privacy.md names every kind of file that a run leaves, and a purge deletes each of them."""

import re
import tempfile

import pytest

from grading.courses.course import Course
from grading.courses.earlier import earlier_marking
from grading.courses.lateness import LateRule
from grading.courses.purge import find_purge, purge
from grading.courses.reviewing import Reviewing
from grading.courses.settlement import grade_course
from grading.mark import where
from grading.mark.fault import Fault
from grading.mark.grade import grade
from grading.room import REPOSITORY
from tests.grading.class_of_seven import NoPool
from tests.grading.results import FAILED, IN_DOUBT, result_of

PAGE = (REPOSITORY / "docs" / "privacy.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"^\| `([^`]+)` \|", PAGE, re.MULTILINE))


def kinds_in(folder, students):
    """Every file below a folder, as the page names it."""
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    for student in students:
        found = {name.replace(student, "STUDENT") for name in found}
    return found


@pytest.fixture
def everything(room, tmp_path, monkeypatch):
    """The folder that is left once a class with everything in it has been marked, decided, and compared."""
    monkeypatch.setattr(where, "ZygotePool", NoPool)
    download, out = tmp_path / "canvas", tmp_path / "marked"
    download.mkdir()
    for name in ("ann_1_51_RNN_skeleton.py", "bob_late_2_52_RNN_skeleton.py"):
        (download / name).write_text("# mine\n")

    def mark_as(verdict, fault=None):
        def mark_one(room, submission, zygote, time_limit, told):
            result = result_of(room, submission.student, gru_candidate=verdict)
            return result.failed_on([fault]) if fault else result

        monkeypatch.setattr(where, "mark_submission", mark_one)

    course = Course(late=LateRule(10, "percent", 3))
    mark_as(FAILED)
    grade_course(room, download, tmp_path / "old", course, jobs=1, progress=False)
    mark_as(IN_DOUBT, Fault("ValueError", "", "where it failed"))
    grade_course(room, download, out, course, jobs=1, progress=False)
    work = Reviewing.of(room, out)
    work.decide([f"{work.groups[0].name}=all"], "Kim", "right")
    marked = grade_course(room, download, out, course, jobs=1, progress=False)
    earlier_marking(tmp_path / "old", out).compared(marked, room.words)
    return out


def test_the_page_names_every_file_that_a_run_leaves_and_no_other(everything):
    assert kinds_in(everything, ["ann_1", "bob_2"]) == NAMED


def test_a_purge_deletes_everything_that_the_page_names(everything):
    found = find_purge(everything)
    assert found.left == ()
    purge(found)
    assert not everything.exists()


def test_a_real_marking_leaves_nothing_else_and_nothing_in_the_temporary_folder(room, tmp_path, monkeypatch):
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    cases = REPOSITORY / "assignment" / "cases"
    grade(room.without(".learns"), cases / "mix-swapped", tmp_path / "marked", jobs=1, progress=False)
    assert kinds_in(tmp_path / "marked", ["mix-swapped"]) <= NAMED
    assert list((tmp_path / "temporary").iterdir()) == []


def test_pages_load_nothing_from_the_network(everything):
    for path in everything.rglob("*.html"):
        assert re.findall(r"""(?:src|href)=["']?(?:https?:)?//|@import|url\(""", path.read_text(encoding="utf-8")) == []
