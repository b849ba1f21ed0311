"""What counts is derived from what the marker said: points, people's decisions, the late rule."""

from dataclasses import replace
from datetime import datetime

import pytest

from grading.courses.course import Course
from grading.courses.lateness import LateRule
from grading.courses.overrides import Override
from grading.courses.settle import settle
from grading.downloads.attempt import Attempt
from grading.report.tables import in_spreadsheet
from tests.grading.results import FAILED, IN_DOUBT, result_of

DEADLINE = datetime.fromisoformat("2026-11-20T23:59:00+09:00")
COURSE = Course(deadline=DEADLINE, late=LateRule(10, "percent", 3))


def attempt_at(at="", late=None):
    return Attempt("7", "Ann", {}, late=late, at=at)


def test_where_no_rule_changes_anything_the_very_same_result_counts(room):
    result = result_of(room, gru_candidate=IN_DOUBT)
    assert settle(result, room, Course()) is result
    assert settle(result, room, COURSE, attempt=attempt_at("2026-11-20-23-59-00")) is result


def test_the_markers_own_result_stays_as_it_was(room):
    result = result_of(room, gru_candidate=IN_DOUBT)
    before = result.to_json()
    settle(result, room, COURSE, [Override("Ann", "gru.candidate", 12.0, "Kim", "right")], attempt_at(late=True))
    assert result.to_json() == before


def test_a_doubt_that_a_person_settles_is_no_doubt_any_more(room):
    said = room.words.say("notes", "in_doubt", items="gru.candidate")
    result = result_of(room, notes=[said], gru_candidate=IN_DOUBT)
    settled = settle(result, room, Course(), [Override("Ann", "gru.candidate", 12.0, "Kim", "another layout")])
    row = next(row for row in settled.items if row.id == "gru.candidate")
    assert (row.points, row.status, row.saw, row.next) == (12.0, "passed", "another layout", "")
    assert (settled.status, settled.score, settled.score_possible) == ("graded", 100.0, 100.0)
    assert said not in settled.notes
    assert "Kim" in settled.notes[-1]
    assert "another layout" in settled.notes[-1]


@pytest.mark.parametrize("points", [0.0, 12.0])
@pytest.mark.parametrize("key", ["waits", "our_fault", "learns_in_doubt"])
def test_a_doubt_that_is_decided_waits_for_nobody_any_more(room, key, points):
    saw, waiting = room.words.say("saw", key, saw="half of them"), room.words.say("next", "person")
    result = result_of(room, gru_candidate=IN_DOUBT.but(saw=saw, next=waiting))
    settled = settle(result, room, Course(), [Override("Ann", "gru.candidate", points, "Kim", "so it is")])
    row = next(row for row in settled.items if row.id == "gru.candidate")
    assert (row.saw, row.next) == ("half of them" if key == "learns_in_doubt" else "", "")


def test_one_doubt_of_two_that_is_settled_leaves_the_other_open(room):
    said = room.words.say("notes", "in_doubt", items="rnn.model, gru.candidate")
    result = result_of(room, notes=[said], gru_candidate=IN_DOUBT, rnn_model=IN_DOUBT)
    settled = settle(result, room, Course(), [Override("Ann", "gru.candidate", 6.0, "Kim", "half of it")])
    assert (settled.status, settled.score, settled.score_possible) == ("needs_review", 84.0, 94.0)
    assert settled.notes[0] == room.words.say("notes", "in_doubt", items="rnn.model")


def test_the_sign_that_keeps_a_spreadsheet_from_a_formula_is_for_the_table_alone(room):
    said = [in_spreadsheet("=1+1 is two"), "'quoted' is fine"]
    rows = [
        Override("Ann", item, 0.0, in_spreadsheet("@kim"), why)
        for item, why in zip(("rnn.layers", "rnn.model"), said, strict=True)
    ]
    settled = settle(result_of(room), room, Course(), rows)
    assert [one["reason"] for one in settled.grader["settled"]["overrides"]] == ["=1+1 is two", "'quoted' is fine"]
    assert "'=" not in settled.to_json()
    assert "'@" not in settled.to_json()


def test_fewer_points_than_there_are_is_failed_and_keeps_the_way_on(room):
    settled = settle(
        result_of(room, rnn_layers=FAILED), room, Course(), [Override("Ann", "rnn.layers", 3.0, "Kim", "x")]
    )
    row = settled.items[0]
    assert (row.points, row.status, row.next, row.misconception) == (
        3.0,
        "failed",
        "what is squashed?",
        "no-activation",
    )


def test_a_rejected_submission_that_a_person_marked_is_marked(room):
    rejected = replace(result_of(room, rnn_layers=FAILED), status="rejected", score=0.0)
    rejected = replace(rejected, items=[replace(row, points=0.0, status="not_run") for row in rejected.items])
    settled = settle(rejected, room, Course(), [Override("Ann", "rnn.layers", 6.0, "Kim", "it was on paper")])
    assert (settled.status, settled.score) == ("graded", 6.0)


@pytest.mark.parametrize(
    ("at", "days", "score"),
    [
        ("2026-11-20-23-59-00", None, 100.0),
        ("2026-11-20-23-59-01", 1, 90.0),
        ("2026-11-20 14:59:00.000000000 Z", None, 100.0),
        ("2026-11-20 15:00:00 +0000", 1, 90.0),
        ("2026-11-21 23:59:00+09:00", 1, 90.0),
        ("2026-11-23T23:59:00+09:00", 3, 70.0),
        ("2026-11-24-00-00-00", 4, 0.0),
    ],
)
def test_each_day_begun_after_the_deadline_takes_its_share(room, at, days, score):
    settled = settle(result_of(room), room, COURSE, attempt=attempt_at(at))
    assert settled.score == score
    assert settled.grader.get("settled", {}).get("days_late") == days


def test_the_late_rule_takes_no_items_points_and_says_what_it_took(room):
    settled = settle(result_of(room), room, COURSE, attempt=attempt_at("2026-11-22-10-00-00"))
    assert sum(row.points for row in settled.items) == 100.0
    assert settled.notes == [
        "Handed in late, on day 2 after the deadline (2026-11-20 23:59 +0900): 20 points are taken off, from 100."
    ]


def test_points_off_never_go_below_zero(room):
    settled = settle(
        result_of(room), room, replace(COURSE, late=LateRule(60, "points")), attempt=attempt_at("2026-11-22-10-00-00")
    )
    assert settled.score == 0.0


def test_what_may_still_be_reached_is_what_the_late_rule_leaves(room):
    settled = settle(result_of(room, gru_candidate=IN_DOUBT), room, COURSE, attempt=attempt_at("2026-11-21-10-00-00"))
    assert (settled.score, settled.score_possible) == (79.2, 90.0)


def test_an_extension_is_the_deadline_of_its_student_alone(room):
    course = replace(COURSE, extensions={"Ann": datetime.fromisoformat("2026-12-01T00:00:00+09:00")})
    late = attempt_at("2026-11-22-10-00-00")
    assert settle(result_of(room), room, course, attempt=late).score == 100.0
    assert settle(result_of(room, "Bob"), room, course, attempt=late).score == 80.0


def test_late_by_the_systems_word_alone_counts_one_day_and_says_so(room):
    note = room.words.say("notes", "late")
    settled = settle(result_of(room, notes=[note]), room, COURSE, attempt=attempt_at(late=True))
    assert settled.score == 90.0
    assert settled.notes == [room.words.say("settled", "late_unknown", taken="10", before="100")]


def test_the_systems_word_does_not_count_against_an_extension_that_it_does_not_know(room):
    course = replace(COURSE, extensions={"Ann": datetime.fromisoformat("2026-12-01T00:00:00+09:00")})
    assert settle(result_of(room), room, course, attempt=attempt_at(late=True)).score == 100.0


@pytest.mark.parametrize("attempt", [None, attempt_at(), attempt_at("some day"), attempt_at("2026-13-45-00-00-00")])
def test_nobody_is_late_where_no_time_is_known(room, attempt):
    assert settle(result_of(room), room, COURSE, attempt=attempt).score == 100.0


def test_other_points_keep_each_items_share_and_change_the_maximum(room):
    course_room = replace(room, points={"rnn.layers": 20.0, "gru.candidate": 0.0, "report.one_page": 2.0})
    half = FAILED.but(share=0.5)
    settled = settle(result_of(room, rnn_layers=half), course_room, Course())
    points = {row.id: (row.points, row.max_points) for row in settled.items}
    assert points["rnn.layers"] == (10.0, 20.0)
    assert points["gru.candidate"] == (0.0, 0.0)
    assert points["report.one_page"] == (2.0, 2.0)
    assert (settled.score, settled.max_score) == (94.0, 104.0)
    assert settled.max_score == course_room.max_score


def test_a_contact_is_kept_with_the_result_and_is_no_change_of_it(room):
    settled = settle(result_of(room), room, Course(contact="ta@example.org"))
    assert settled.grader["contact"] == "ta@example.org"
    assert "settled" not in settled.grader
