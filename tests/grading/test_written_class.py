"""A small class, from its files to what is written: every field that was promised."""

import csv
import dataclasses
import io
import json

import pytest

from grading import __version__
from grading.mark import where
from grading.mark.grade import grade
from grading.mark.result import ItemResult
from grading.mark.stamp import stamp
from tests.grading.results import Page

HOSTILE_MODULE = r"""
class VanillaRNN:
    def __init__(self, *sizes):
        raise RuntimeError("\x1b[2J<script>alert('built')</script>")

raise ValueError("\ud800 \x1b[2J <script>alert('imported')</script>\n" * 3)
"""


@pytest.fixture(scope="module")
def hostile_name():
    return "=1+1 [red] & Zoë"


@pytest.fixture(scope="module")
def marked(room, products, zygote, hostile_name, tmp_path_factory):
    """A class of three, marked: one untouched, one hostile, one without files."""
    folder, out = tmp_path_factory.mktemp("class"), tmp_path_factory.mktemp("marked")
    for student in ("Untouched", hostile_name, "Empty"):
        (folder / student).mkdir()
    for path, content in products.items():
        if path.suffix == ".py" and len(path.parts) == 1:
            (folder / "Untouched" / path).write_bytes(content)
    (folder / hostile_name / "RNN_skeleton.py").write_text(HOSTILE_MODULE)

    class OneZygote:
        def get(self):
            return zygote

        def close(self):
            pass

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(where, "ZygotePool", OneZygote)
        grade(room, folder, out, jobs=1, time_limit=20.0, progress=False)
    return out


def results_in(out):
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (out / "results").iterdir()}


def test_every_student_has_a_result_a_page_and_a_row_in_order(marked, hostile_name):
    students = sorted([hostile_name, "Empty", "Untouched"])
    assert sorted(results_in(marked)) == students
    assert sorted(path.stem for path in (marked / "feedback").iterdir()) == students
    rows = list(csv.reader(io.StringIO((marked / "grades.csv").read_text(encoding="utf-8"))))
    assert [row[0] for row in rows[1:]] == ["'" + hostile_name, "Empty", "Untouched"]


def test_nothing_else_lies_beside_the_results(marked):
    assert {path.name for path in marked.iterdir()} == {"grades.csv", "report.html", "results", "feedback"}
    assert not list(marked.rglob("*.part"))


def test_a_result_has_the_fields_that_were_promised(room, marked):
    for student, told in results_in(marked).items():
        assert list(told) == ["student", "status", "score", "max_score", "items", "notes", "grader"]
        assert told["student"] == student
        assert told["status"] in {"graded", "needs_review", "rejected"}
        assert type(told["score"]) is type(told["max_score"]) is float
        assert told["max_score"] == 100.0
        assert all(isinstance(note, str) for note in told["notes"])
        assert (told["grader"]["version"], told["grader"]["seed"]) == (__version__, 0)
        assert set(told["grader"]) == {*stamp(room, 20.0), "marked"}
        assert [item["id"] for item in told["items"]] == list(room.items)
        assert told["score"] == sum(item["points"] for item in told["items"])


def test_an_item_has_the_fields_that_were_promised(room, marked):
    names = [field.name for field in dataclasses.fields(ItemResult)]
    assert " ".join(names) == "id points max_points status saw expected cause next misconception file line"
    for told in results_in(marked).values():
        for item in told["items"]:
            assert list(item) == names
            assert item["status"] in {"passed", "failed", "blank", "error", "not_run", "needs_review"}
            assert type(item["points"]) is type(item["max_points"]) is float
            assert 0 <= item["points"] <= item["max_points"] == room.items[item["id"]].points
            assert all(isinstance(item[name], str) for name in ("saw", "expected", "cause", "next", "file"))
            assert item["misconception"] is None or isinstance(item["misconception"], str)
            assert item["line"] is None or isinstance(item["line"], int)


def test_an_untouched_skeleton_has_nothing_and_is_in_no_doubt(room, marked):
    told = results_in(marked)["Untouched"]
    assert (told["status"], told["score"]) == ("graded", 0.0)
    blanks = {item["id"] for item in told["items"] if item["status"] == "blank"}
    assert blanks == {item.id for item in room.items.values() if item.blank}


def test_a_submission_without_files_is_rejected_with_its_reason(marked):
    told = results_in(marked)["Empty"]
    assert (told["status"], told["score"]) == ("rejected", 0.0)
    assert "RNN_skeleton.py" in " ".join(told["notes"])
    assert {item["status"] for item in told["items"]} == {"not_run"}


def test_what_a_hostile_file_says_is_shown_without_its_control_characters(marked, hostile_name):
    told = results_in(marked)[hostile_name]
    assert "<script>alert('imported')</script>" in " ".join(told["notes"])
    texts = [*told["notes"], *(value for item in told["items"] for value in item.values() if isinstance(value, str))]
    assert all(text.isprintable() for text in texts)
    for path in (marked / "report.html", marked / "feedback" / f"{hostile_name}.html"):
        page = Page(path.read_text(encoding="utf-8"))
        assert "script" not in {tag for tag, _ in page.tags}
        assert "<script>alert('imported')</script>" in page.text or path.name == "report.html"
