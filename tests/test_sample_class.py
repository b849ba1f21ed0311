"""The sample class: every made-up submission gets the result that was worked out for it by hand."""

import csv
import json
import tomllib
from pathlib import Path

import pytest

from grading.mark.grade import grade
from grading.room import open_room

CASES = Path(__file__).parent.parent / "assignment" / "cases"
EXPECTED = {path.parent.name: tomllib.loads(path.read_text()) for path in sorted(CASES.glob("*/expected.toml"))}


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    """The class as `python -m grading grade assignment/cases` marks it, results read back from disk."""
    out = tmp_path_factory.mktemp("marked")
    grade(open_room(), CASES, out, jobs=2, progress=False)
    return out


@pytest.fixture(scope="module")
def results(marked):
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (marked / "results").glob("*.json")}


def test_the_class_is_large_enough_to_be_a_class():
    assert len(EXPECTED) >= 14


def test_every_folder_of_the_class_has_an_expectation_and_a_result(results):
    folders = {path.name for path in CASES.iterdir() if path.is_dir()}
    assert folders == set(EXPECTED) == set(results)


@pytest.mark.parametrize("student", EXPECTED)
def test_a_case_gets_its_score_and_status(results, student):
    result = results[student]
    assert (result["status"], result["score"]) == (EXPECTED[student]["status"], EXPECTED[student]["score"])


@pytest.mark.parametrize("student", EXPECTED)
def test_a_case_loses_its_items_and_no_others(results, student):
    expected = EXPECTED[student].get("items", {})
    if EXPECTED[student]["status"] == "rejected":
        assert all(item["points"] == 0 for item in results[student]["items"])
        return
    lost = {item["id"]: item["status"] for item in results[student]["items"] if item["max_points"]}
    assert {item_id: status for item_id, status in lost.items() if status != "passed"} == expected


@pytest.mark.parametrize("student", EXPECTED)
def test_a_mistake_is_named_and_nothing_else_is(results, student):
    named = {item["id"]: item["misconception"] for item in results[student]["items"] if item["misconception"]}
    assert named == EXPECTED[student].get("misconceptions", {})


@pytest.mark.parametrize("student", EXPECTED)
def test_a_lost_item_says_what_was_seen_why_and_what_next(results, student):
    for item in results[student]["items"]:
        if item["status"] in {"failed", "error"}:
            assert all(item[line] for line in ("saw", "expected", "cause", "next")), item
            assert "Traceback" not in item["saw"]


def test_every_result_has_a_feedback_page_and_a_row(marked, results):
    assert {path.stem for path in (marked / "feedback").glob("*.html")} == set(results)
    with (marked / "grades.csv").open(newline="", encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    assert [row["student"] for row in rows] == sorted(results)
    assert all(float(row["score"]) == results[row["student"]]["score"] for row in rows)
    assert all(float(row["score_possible"]) >= float(row["score"]) for row in rows)


def test_a_submission_gets_the_same_bytes_alone_as_in_its_class(marked, tmp_path):
    grade(open_room(), CASES / "several-mistakes", tmp_path, jobs=1, progress=False)
    name = "results/several-mistakes.json"
    assert (tmp_path / name).read_bytes() == (marked / name).read_bytes()
