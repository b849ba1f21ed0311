"""A proof in the full form that was stopped goes on where nothing was changed; else it begins anew."""

import json
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from assignment import proofs
from grading.__main__ import app
from grading.prove import proof, record
from grading.prove.claim import BROKEN, KEPT, NOT_TRIED, Claim, Outcome
from grading.prove.record import Record, made_of
from grading.prove.steady import steady_claim
from grading.room import open_room


class Counted:
    """A claim's trials, each of which says when it is made; the one called `ends` is stopped by Ctrl-C."""

    def __init__(self, name, kinds, ends=None):
        self.claim = Claim(name, "It holds.", self.outcomes, len(kinds))
        self.kinds, self.ends, self.made = kinds, ends, []

    def outcomes(self, marker, after):
        for number, kind in list(enumerate(self.kinds))[after:]:
            if number == self.ends:
                raise KeyboardInterrupt
            self.made.append(number)
            yield Outcome(f"trial {number}", kind, "" if kind == KEPT else "why")


@pytest.fixture
def try_claims(monkeypatch, tmp_path):
    """try_claims(*Counted, ...) -> [Tried] of the full form, as far as it came; the record lies in tmp_path."""
    monkeypatch.setattr(record, "FOLDER", tmp_path)
    monkeypatch.setattr(proof, "read_promised", lambda room, full: {})

    def one_proof(*counted, **options):
        monkeypatch.setattr(proofs, "claims", lambda room, full: [one.claim for one in counted])
        try:
            return proof.prove(open_room(), **{"full": True, "jobs": 1, "progress": False} | options)
        except proof.Stopped as reason:
            return reason.tried

    return one_proof


def kinds_of(tried):
    return [[outcome.kind for outcome in one.outcomes] for one in tried]


def test_what_was_made_before_a_stop_is_not_made_again(try_claims):
    try_claims(Counted("forms", [KEPT, KEPT]), Counted("pairs", [KEPT, BROKEN, KEPT], ends=2))
    forms, pairs = Counted("forms", [KEPT, KEPT]), Counted("pairs", [KEPT, BROKEN, KEPT])
    tried = try_claims(forms, pairs, resume=True)
    assert (forms.made, pairs.made) == ([], [2])
    assert kinds_of(tried) == [[KEPT, KEPT], [KEPT, BROKEN, KEPT]]
    assert list(proof.survivors(tried)) == ["pairs: trial 1: why"]


def test_without_being_asked_a_proof_begins_anew(try_claims):
    try_claims(Counted("forms", [KEPT, KEPT]))
    again = Counted("forms", [KEPT, KEPT])
    try_claims(again)
    assert again.made == [0, 1]


def test_claims_that_were_tried_alone_make_one_table(try_claims):
    forms, pairs = Counted("forms", [KEPT]), Counted("pairs", [KEPT, KEPT])
    try_claims(forms, pairs, only=["pairs"])
    try_claims(forms, pairs, only=["forms"])
    assert kinds_of(try_claims(forms, pairs, resume=True)) == [[KEPT], [KEPT, KEPT]]
    assert (forms.made, pairs.made) == ([0], [0, 1])


def test_after_a_change_nothing_that_was_told_counts(try_claims, monkeypatch):
    try_claims(Counted("forms", [KEPT, KEPT]))
    monkeypatch.setattr(record, "made_of", lambda room: "something else")
    again = Counted("forms", [KEPT, KEPT])
    try_claims(again, resume=True)
    assert again.made == [0, 1]


def test_a_line_that_a_kill_cut_off_is_made_again(try_claims, tmp_path):
    try_claims(Counted("forms", [KEPT, KEPT]))
    (file,) = tmp_path.iterdir()
    file.write_text(file.read_text()[:-9])
    again = Counted("forms", [KEPT, KEPT])
    try_claims(again, resume=True)
    assert again.made == [1]
    assert [json.loads(line)["trial"] for line in file.read_text().splitlines()[1:]] == ["trial 0", "trial 1"]


def test_what_this_machine_could_not_try_is_asked_again(try_claims):
    try_claims(Counted("attacks, bubblewrap", [NOT_TRIED]))
    again = Counted("attacks, bubblewrap", [KEPT])
    try_claims(again, resume=True)
    assert again.made == [0]


def test_the_quick_form_keeps_nothing(try_claims, tmp_path):
    try_claims(Counted("forms", [KEPT]), full=False)
    assert list(tmp_path.iterdir()) == []


def test_the_quick_form_has_nothing_to_go_on_with():
    found = CliRunner().invoke(app, ["prove", "--resume"])
    assert found.exit_code == 2
    assert found.stderr.endswith("keeps nothing; add --full.\n")


def test_any_file_of_the_room_is_what_a_trial_is_made_of(tmp_path):
    room = open_room()
    before = made_of(room)
    assert before == made_of(room) == Record(room, folder=tmp_path).head["made_of"]
    assert before != made_of(replace(room, path=room.path / "marking"))


def test_a_class_that_was_marked_some_times_is_marked_the_other_times(monkeypatch):
    cases = [open_room().path / "cases" / name for name in ("a", "b", "c")]
    monkeypatch.setattr("grading.prove.steady.results_of", lambda room, cases, *_: dict.fromkeys(cases, "the same"))
    claim = steady_claim(open_room(), cases, times=4)
    every = list(claim.outcomes(None))
    assert len(every) == claim.total == 9
    for after in range(10):
        assert list(claim.outcomes(None, after)) == every[after:]
