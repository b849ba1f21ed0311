"""The page of the teacher's week, and the file of rules that it points to, are as they are run."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys

import pytest

from grading.courses.course import Course
from grading.courses.course_file import KEYS, LATE_KEYS, read_course
from grading.mark.kept import marked_results
from grading.room import REPOSITORY

PAGE = (REPOSITORY / "docs" / "courses" / "week.md").read_text(encoding="utf-8")
DEFAULTS = REPOSITORY / "assignment" / "course.toml"
HANDED_IN = {
    "ann": ("2026-11-20-18-00-00", "all-right"),
    "bob": ("2026-11-21-09-59-00", "two-conventions"),
    "cho": ("2026-11-24-08-00-00", "half-done"),
    "eve": ("2026-11-20-23-00-00", "library-gru"),
}


def block(before):
    """The code block of the page that stands after a text."""
    return re.search(re.escape(before) + r"\s*```\w*\n(.*?)```", PAGE, re.DOTALL)[1]


@pytest.fixture(scope="module")
def week(tmp_path_factory):
    """(the folder, what the page's command said on both streams)."""
    folder = tmp_path_factory.mktemp("week")
    for name in ("course.toml", "roster.csv", "overrides.csv"):
        (folder / name).write_text(block(f"`{name}`:"), encoding="utf-8")
    (folder / "download").mkdir()
    for student, (at, case) in HANDED_IN.items():
        for path in (REPOSITORY / "assignment" / "cases" / case).glob("*.py"):
            shutil.copyfile(path, folder / "download" / f"Lab_{student}_attempt_{at}_{path.name}")
    command = re.search(r"^\$ python (-m grading grade .*)$", PAGE, re.MULTILINE)[1]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "COLUMNS": "200"}
    done = subprocess.run(
        [sys.executable, *command.split()], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return folder, done.stderr + done.stdout


def test_the_command_says_what_the_page_shows(week):
    _, said = week
    shown = PAGE.split("--jobs 1\n")[1].split("```")[0].splitlines()
    told = [line for line in said.splitlines() if " left" not in line]  # progress, on a busy machine
    assert [line for line in told if not line.startswith("student code:")] == shown


def test_the_table_is_what_the_page_shows(week):
    folder, _ = week
    shown = list(csv.reader(block("`marked/grades.csv` begins:").splitlines()))
    rows = list(csv.reader((folder / "marked" / "grades.csv").read_text(encoding="utf-8").splitlines()))
    assert [row[: len(shown[0])] for row in rows] == shown


def test_the_notes_are_what_the_page_shows(week):
    folder, _ = week
    bob = json.loads((folder / "marked" / "results" / "bob.json").read_text(encoding="utf-8"))
    assert bob["notes"] == block("Bob's page says, above the items:").splitlines()


def test_the_facts_that_the_page_names_are_in_the_result(week):
    folder, _ = week
    settled = json.loads((folder / "marked" / "results" / "bob.json").read_text(encoding="utf-8"))["grader"]["settled"]
    assert set(settled) == {"score", "changes", "overrides", "days_late", "score_before_late", "score_possible"}
    assert all(f"`{name}`" in PAGE for name in settled)
    assert marked_results(folder / "marked", "bob")[0].score == settled["score"]


def test_the_file_of_defaults_changes_nothing(room):
    assert read_course(DEFAULTS, room) == Course(path=DEFAULTS, groups="download")


def test_the_file_of_defaults_has_every_key_and_holds_with_all_of_them(room, tmp_path):
    text = re.sub(r'^# (?=["\w.]+ = )', "", DEFAULTS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path = tmp_path / "course.toml"
    path.write_text(text, encoding="utf-8")
    course = read_course(path, room)
    written = set(re.findall(r"^\[?(\w+)", text, re.MULTILINE))
    assert written >= {*KEYS, "percent", "days"}
    assert set(LATE_KEYS) == {"points", "percent", "days"}
    assert course.roster == tmp_path / "roster.csv"
    assert (course.late.off, course.late.days) == (10.0, 3)
    assert course.points == {"rnn.layers": room.items["rnn.layers"].points}
