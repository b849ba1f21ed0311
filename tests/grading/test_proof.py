"""A proof fails on any survivor, on too much that is left to a person, and on trials that were never made."""

import pytest
from typer.testing import CliRunner

from grading.__main__ import app
from grading.prove import proof
from grading.prove.claim import BROKEN, EXPLAINED, KEPT, PERSON, Claim, Outcome, Tried
from grading.prove.solution_trials import skeleton_trial, solution_trial
from grading.room import open_room


def tried(*kinds, total=None, left=0.0):
    claim = Claim("forms", "Right in another form is right.", None, len(kinds) if total is None else total, left)
    return Tried(claim, [Outcome(f"trial {number}", kind, "why") for number, kind in enumerate(kinds)])


@pytest.mark.parametrize(
    ("one", "holds"),
    [
        (tried(KEPT, EXPLAINED), True),
        (tried(KEPT, BROKEN), False),
        (tried(KEPT, PERSON), False),
        (tried(KEPT, PERSON, left=0.5), True),
        (tried(KEPT, PERSON, PERSON, left=0.5), False),
        (tried(KEPT, total=2), False),
        (tried(), False),
    ],
)
def test_a_claim_holds_only_where_all_was_tried_and_nothing_broke_it(one, holds):
    assert one.holds is holds
    assert bool(list(proof.survivors([one]))) is not holds


def test_many_survivors_are_counted_not_listed():
    lines = list(proof.survivors([tried(*[BROKEN] * 25)]))
    assert len(lines) == proof.SHOWN + 1
    assert lines[-1] == "forms: and 5 more"


def test_an_unknown_claim_is_refused_with_the_names_of_all():
    found = CliRunner().invoke(app, ["prove", "--only", "nonsense"])
    assert found.exit_code == 2
    assert "there is no claim called 'nonsense'; there are: solution, skeleton" in found.stderr


class Scored:
    """A result as far as the two ends look at it."""

    def __init__(self, statuses, score, status="graded"):
        self.items = [Row(item, said) for item, said in statuses.items()]
        self.score, self.max_score, self.status = score, 100.0, status


class Row:
    max_points = 5.0

    def __init__(self, item, status):
        self.id, self.status = item, status


def test_the_solution_must_have_full_marks():
    statuses = dict.fromkeys(open_room().items, "passed")
    judge = solution_trial(open_room()).judge
    assert judge(Scored(statuses, 100.0)) == (KEPT, "")
    assert judge(Scored(statuses | {"gru.learns": "failed"}, 95.0)) == (
        BROKEN,
        "95 of 100; not passed: gru.learns",
    )
    assert judge(Scored(statuses, 100.0, "needs_review"))[0] == BROKEN


def test_the_skeleton_must_have_none():
    statuses = dict.fromkeys(open_room().items, "blank")
    judge = skeleton_trial(open_room()).judge
    assert judge(Scored(statuses, 0.0)) == (KEPT, "")
    assert judge(Scored(statuses, 5.0))[0] == BROKEN
    assert judge(Scored(statuses | {"gru.candidate": "failed"}, 0.0)) == (
        BROKEN,
        "0 points; not called a blank: gru.candidate",
    )


def test_a_proof_of_one_claim_ends_in_its_table():
    found = CliRunner().invoke(app, ["prove", "--only", "skeleton", "--jobs", "1"])
    assert found.exit_code == 0, found.output
    assert found.stdout.split()[-7:] == ["skeleton", "1", "1", "0", "0", "0", "yes"]
