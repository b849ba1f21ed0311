"""What a result must have in points is worked out from the rubric: a marker that gives others is noticed."""

import tomllib
from dataclasses import replace

import pytest

from grading.mark.verdict import Speaker
from grading.prove.claim import BROKEN, KEPT
from grading.prove.known_mistakes import HANDOUT, read_written
from grading.prove.known_trials import single_trials
from grading.prove.marker import Marker
from grading.prove.points import Points, earned
from grading.room import open_room
from tests.grading.results import result_of

ROOM = open_room()
CASES = sorted(path.parent for path in (ROOM.path / "cases").glob("*/expected.toml"))
NAMED = next(
    one
    for one in read_written(ROOM)
    if one.hand.name == HANDOUT and (one.mistake.item, one.mistake.name) == ("gru.candidate", "reset-ignored")
)


def keeps_all_points(speaker, saw, misconception=None, cause="unknown", **places):
    return speaker.named(saw, misconception, places).but(share=1.0)


def outcome(trial):
    with Marker(ROOM, jobs=1) as marker:
        return next(iter(marker.try_all([trial])))


def test_a_mistake_that_keeps_its_points_breaks_the_claim(monkeypatch):
    (trial,) = single_trials([NAMED], [], {})
    assert outcome(trial).kind == KEPT
    monkeypatch.setattr(Speaker, "failed", keeps_all_points)
    found = outcome(trial)
    assert found.kind == BROKEN
    assert found.why.startswith("gru.candidate: 12.0 of 12.0 points for 'failed'")


@pytest.mark.parametrize(
    ("status", "misconception", "points"),
    [
        ("passed", None, 10),
        ("passed", "gate-ignores-state", 10),
        ("failed", None, 0),
        ("failed", "gate-ignores-state", 0),
        ("failed", "gate-complement", 5),
        ("needs_review", "gate-complement", 0),
        ("blank", None, 0),
        ("error", None, 0),
        ("not_run", None, 0),
    ],
)
def test_an_item_has_all_or_nothing_and_another_publication_s_form_what_the_rubric_sets(status, misconception, points):
    assert Points(ROOM).of("gru.update_gate", status, misconception) == points


@pytest.mark.parametrize(("credit", "points"), [("none", 0), ("half", 5), ("all", 10)])
def test_what_another_publication_s_form_earns_is_the_room_s_own_setting(credit, points):
    room = replace(ROOM, options={"convention_credit": credit})
    assert Points(room).of("gru.update_gate", "failed", "gate-complement") == points


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, []),
        ({"score": 99.0}, ["the score 99.0 of 100.0 is not the sum of the points: 100.0 of 100.0"]),
        ({"max_score": 50.0}, ["the score 100.0 of 50.0 is not the sum of the points: 100.0 of 100.0"]),
        ({"items": []}, ["the items are "]),
    ],
)
def test_the_score_is_the_sum_and_no_item_is_left_out(changes, told):
    found = list(Points(ROOM).breaches(replace(result_of(ROOM), **changes)))
    assert found == told


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_a_case_earns_is_what_was_worked_out_for_it_by_hand(case):
    expected = tomllib.loads((case / "expected.toml").read_text(encoding="utf-8"))
    assert sum(earned(ROOM, case).values()) == expected["score"]
