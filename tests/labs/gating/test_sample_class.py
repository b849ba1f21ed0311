"""The lab's sample class: every made-up submission gets the result that was worked out for it by hand."""

import json
import tomllib

import pytest

from grading.mark.grade import grade
from grading.room import open_room

ROOM = open_room("gating")
CASES = ROOM.path / "cases"
EXPECTED = {path.parent.name: tomllib.loads(path.read_text()) for path in sorted(CASES.glob("*/expected.toml"))}


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    out = tmp_path_factory.mktemp("marked")
    grade(ROOM, CASES, out, jobs=2, progress=False)
    assert not list(out.glob("faults/*"))
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (out / "results").glob("*.json")}


def test_every_folder_of_the_class_has_an_expectation_and_a_result(results):
    assert {path.name for path in CASES.iterdir() if path.is_dir()} == set(EXPECTED) == set(results)


@pytest.mark.parametrize("student", EXPECTED)
def test_a_case_gets_its_score_and_loses_its_items_and_no_others(results, student):
    result, expected = results[student], EXPECTED[student]
    lost = {item["id"]: item["status"] for item in result["items"] if item["max_points"]}
    named = {item["id"]: item["misconception"] for item in result["items"] if item["misconception"]}
    assert (result["status"], result["score"]) == (expected["status"], expected["score"])
    assert {item: status for item, status in lost.items() if status != "passed"} == expected.get("items", {})
    assert named == expected.get("misconceptions", {})


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_published_slip_is_told_as_one(language, tmp_path):
    result = grade(open_room("gating", language), CASES / "published-activations", tmp_path, jobs=1, progress=False)
    rows = {row.id: row for row in next(iter(result.results)).items}
    assert {"en": "a published solution of this homework forgot it", "ko": "이 숙제의 공개된 풀이"}[language] in rows[
        "mgu.gate"
    ].cause
