"""A result goes into nbgrader's gradebook whole, and what stands in the way is told in a sentence."""

import os
import shutil
import sqlite3
from datetime import datetime

import pytest
from nbgrader.api import Gradebook
from traitlets.config import Config

from grading.export.graded_cells import parts_of, scored
from grading.export.kinds import ExportFault
from grading.export.nbgrader_course import grade_id
from grading.export.nbgrader_folder import CourseFolder
from grading.export.nbgrader_scores import record
from grading.export.nbgrader_times import CourseDirectoryOfAnyTime, tells_no_time
from tests.grading.nbgrader_class import ENVIRONMENT
from tests.grading.results import result_of

NAME = "ps1"
NO_TIMES = {"words": b"tomorrow", "far": b"9" * 400, "latin": b"\xff\xfe2026", "early": b"0001-01-01 00:00:00 +0900"}


@pytest.fixture(scope="module")
def empty_gradebook(room, tmp_path_factory):
    """A gradebook's file that has the room's cells, and nobody's scores: copied, since making it takes 5 s."""
    path = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(ENVIRONMENT), prepend=os.pathsep)  # a new gradebook is stamped by alembic's command
        with Gradebook(f"sqlite:///{path}") as gradebook:
            gradebook.add_assignment(NAME)
            gradebook.add_notebook(NAME, NAME)
            for item in scored(room):
                gradebook.add_grade_cell(grade_id(item.id), NAME, NAME, max_score=item.points, cell_type="code")
            for part in parts_of(room):
                gradebook.add_solution_cell(part.name, NAME, NAME)
    return path


@pytest.fixture
def course(empty_gradebook, tmp_path):
    """A CourseFolder with a gradebook of its own, and ann's folder of what she handed in."""
    shutil.copy(empty_gradebook, tmp_path)
    url = f"sqlite:///{tmp_path / empty_gradebook.name}?timeout=0"  # what is locked is told at once
    (tmp_path / "submitted" / "ann" / NAME).mkdir(parents=True)
    config = Config(CourseDirectory={"root": str(tmp_path), "db_url": url})
    return CourseFolder(CourseDirectoryOfAnyTime(config=config), NAME)


@pytest.fixture
def recorded(room, course):
    """recorded(bytes of ann's timestamp.txt, or None) -> her submission's time and score in the gradebook."""

    def recorded(told):
        folder = course.folder("submitted", "ann")
        if told is not None:
            (folder / "timestamp.txt").write_bytes(told)
        record(course, "ann", {}, result_of(room, "ann"), room, parts_of(room))
        with course.gradebook() as gradebook:
            submission = gradebook.find_submission(NAME, "ann")
            return submission.timestamp, submission.score

    return recorded


def test_the_time_of_handing_in_is_nbgraders_with_or_without_a_zone(recorded, course):
    assert recorded(b"2026-11-20T23:59:00+09:00\n") == (datetime(2026, 11, 20, 14, 59), 100.0)
    assert recorded(b"2026-11-20 23:59:00") == (datetime(2026, 11, 20, 23, 59), 100.0)
    assert not tells_no_time(course.folder("submitted", "ann"))


@pytest.mark.parametrize("told", NO_TIMES.values(), ids=NO_TIMES)
def test_a_timestamp_that_tells_no_time_takes_nobodys_scores_away(recorded, course, told):
    assert recorded(told) == (None, 100.0)
    assert tells_no_time(course.folder("submitted", "ann"))


def test_a_link_in_the_place_of_a_timestamp_is_not_followed(recorded, course, tmp_path):
    (tmp_path / "elsewhere").write_text("2026-11-20 23:59:00")
    (course.folder("submitted", "ann") / "timestamp.txt").symlink_to(tmp_path / "elsewhere")
    assert recorded(None) == (None, 100.0)


@pytest.mark.parametrize("lock", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
def test_a_gradebook_that_something_else_writes_is_one_sentence(room, course, tmp_path, lock):
    with sqlite3.connect(tmp_path / "gradebook.db", isolation_level=None) as other:
        other.execute(lock)
        with pytest.raises(ExportFault, match=r"before ann, and then failed \(.*locked.*\); close what else uses it"):
            record(course, "ann", {}, result_of(room, "ann"), room, parts_of(room))


def test_a_cell_that_the_gradebook_lost_is_one_sentence(room, course):
    with course.gradebook() as gradebook:
        gradebook.remove_assignment(NAME)
    with pytest.raises(ExportFault, match="before ann, and then failed"):
        record(course, "ann", {}, result_of(room, "ann"), room, parts_of(room))
