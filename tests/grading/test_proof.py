"""A proof fails on any survivor, on too much that is left to a person, and on trials that were never made."""

from dataclasses import replace

import pytest
from typer.testing import CliRunner

from assignment import proofs
from grading.__main__ import app
from grading.command_line import Terminated
from grading.prove import proof, record
from grading.prove.claim import BROKEN, EXPLAINED, KEPT, NOT_TRIED, PERSON, Claim, Outcome, Tried
from grading.prove.promised import PROMISED, read_promised
from grading.prove.solution_trials import skeleton_trial, solution_trial
from grading.room import RoomError, open_room


def tried(*kinds, total=None, left=0.0, **facts):
    claim = Claim("forms", "Right in another form is right.", None, len(kinds) if total is None else total, left)
    return Tried(claim, [Outcome(f"trial {number}", kind, "why") for number, kind in enumerate(kinds)], **facts)


@pytest.mark.parametrize(
    ("one", "holds"),
    [
        (tried(KEPT, EXPLAINED), True),
        (tried(KEPT, BROKEN), False),
        (tried(KEPT, PERSON), False),
        (tried(KEPT, PERSON, left=0.5), True),
        (tried(KEPT, PERSON, PERSON, left=0.5), False),
        (tried(KEPT, total=2), False),
        (tried(KEPT, KEPT, promised=2), True),
        (tried(KEPT, promised=2), False),
        (tried(KEPT, KEPT, stopped=True, total=3), False),
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


def test_a_claim_with_fewer_trials_than_are_promised_says_so():
    assert list(proof.survivors([tried(KEPT, KEPT, promised=60)])) == ["forms: 2 trials, and 60 are promised"]


def test_a_setting_that_is_not_there_is_not_held_to_a_number():
    assert list(proof.survivors([tried(NOT_TRIED, promised=60)])) == []


@pytest.mark.parametrize("full", [False, True])
def test_what_is_promised_is_there_in_the_room(full):
    room = open_room()
    totals = {
        claim.name: claim.total for claim in room.load("proofs").claims(room, full) if "mutants" not in claim.name
    }
    promised = {name: count for name, count in read_promised(room, full).items() if "mutants" not in name}
    assert {"forms", "pairs", "attacks", "edits"} <= promised.keys() <= totals.keys()
    assert all(totals[name] >= count for name, count in promised.items())


def test_the_full_form_promises_what_was_asked_for():
    promised = read_promised(open_room(), full=True)
    assert (promised["forms"], promised["pairs"], promised["attacks"], promised["edits"]) == (60, 150, 120, 20_000)


def test_a_room_without_the_file_promises_no_number(room_with):
    assert read_promised(room_with(None), full=True) == {}


@pytest.mark.parametrize(
    "text", ["[forms", "forms = 60", "[forms]\nfull = 'many'", "[forms]\nfull = -1", "[forms]\nfast = 1"]
)
def test_a_promise_that_is_none_is_refused_in_one_sentence(room_with, text):
    with pytest.raises(RoomError, match=r"^promised\.toml "):
        read_promised(room_with(text), full=True)


@pytest.fixture
def room_with(tmp_path):
    """room_with(text of promised.toml, or None) -> a room."""

    def make(text):
        if text is not None:
            (tmp_path / PROMISED).write_text(text, encoding="utf-8")
        return replace(open_room(), path=tmp_path)

    return make


@pytest.fixture
def claims_are(monkeypatch, tmp_path):
    """claims_are(*claims): what the main room claims in either form; nothing is promised, unless it is said."""
    monkeypatch.setattr(record, "FOLDER", tmp_path)

    def set_claims(*claims, promised=None):
        monkeypatch.setattr(
            proofs, "claims", lambda room, full: [one for one in claims if full or "full" not in one.name]
        )
        monkeypatch.setattr(proof, "read_promised", lambda room, full: promised or {})

    return set_claims


def claim(name, *kinds, total=None, ended_by=None):
    """A claim of these outcomes, whose trials are ended by an exception."""

    def outcomes(marker, after):
        yield from [Outcome(f"trial {number}", kind, "why") for number, kind in enumerate(kinds)][after:]
        if ended_by:
            raise ended_by

    return Claim(name, "It holds.", outcomes, len(kinds) if total is None else total)


def test_a_claim_that_is_promised_and_not_made_does_not_hold(claims_are):
    claims_are(claim("forms", KEPT), promised={"pairs": 150})
    found = CliRunner().invoke(app, ["prove"])
    assert found.exit_code == 1
    assert "pairs: 0 trials, and 150 are promised" in found.stderr


def test_a_claim_of_the_full_form_is_not_said_to_be_unknown(claims_are):
    claims_are(claim("forms", KEPT), claim("full alone", KEPT))
    found = CliRunner().invoke(app, ["prove", "--only", "full alone"])
    assert found.exit_code == 2
    assert found.stderr == "Error: the claim 'full alone' is tried in the full form alone; add --full.\n"
    assert CliRunner().invoke(app, ["prove", "--only", "full alone", "--full"]).exit_code == 0


@pytest.mark.parametrize(("ended_by", "code"), [(KeyboardInterrupt(), 130), (Terminated(), 143)])
def test_what_was_found_before_a_proof_was_stopped_is_told(claims_are, ended_by, code):
    stopped = claim("mistakes", KEPT, BROKEN, total=5, ended_by=ended_by)
    claims_are(claim("forms", KEPT), stopped, claim("pairs", KEPT, KEPT))
    found = CliRunner().invoke(app, ["prove"])
    assert found.exit_code == code
    rows = [line.split() for line in found.stdout.splitlines()[1:]]
    assert rows == [
        ["forms", "1", "1", "0", "0", "0", "yes"],
        ["mistakes", "2", "1", "0", "0", "1", "NO"],
        ["pairs", "0", "0", "0", "0", "0", "not", "tried"],
    ]
    assert found.stderr.splitlines()[-4:] == [
        "mistakes: trial 1: why",
        "mistakes: 2 of 5 trials were made",
        "pairs: 0 of 2 trials were made",
        "Stopped; what is told above is what was found until then."
        if code == 130
        else "Stopped by SIGTERM; what is told above is what was found until then.",
    ]


def test_a_claim_that_was_stopped_is_not_said_to_hold(claims_are):
    claims_are(claim("forms", KEPT, total=2, ended_by=KeyboardInterrupt()))
    found = CliRunner().invoke(app, ["prove"])
    assert found.stdout.split()[-7:] == ["forms", "1", "1", "0", "0", "0", "stopped"]


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
