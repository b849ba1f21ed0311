"""A claim is tried again under another account and with other walls, or is said not to have been."""

import json
import os
import sys

import pytest

from grading.prove import proof, setting_process
from grading.prove.claim import BROKEN, KEPT, NOT_TRIED, Claim, Outcome, Tried
from grading.prove.settings import CANNOT, SETTINGS, ClaimInSetting, Setting, claims_in_settings
from grading.room import open_room
from grading.sandbox.launch import try_layers

CLAIM = Claim("attacks", "A hostile submission gains nothing.", None, 2)
BUBBLEWRAP = Setting("ordinary user", "bubblewrap")
KEPT_ONE = f"print({json.dumps(json.dumps(vars(Outcome('one'))))})\n"
CANNOT_BE_HAD = f"import sys\nprint('bubblewrap is not installed')\nsys.exit({CANNOT})"


class Stub(ClaimInSetting):
    """A claim in a setting whose process is a few lines of Python: one to ask, one to try."""

    def __init__(self, asked="", tried=""):
        super().__init__(open_room(), CLAIM, BUBBLEWRAP)
        self.asked, self.tried = asked, tried

    def command(self, *options):
        return [sys.executable, "-c", self.asked if "--try" in options else self.tried]


def tried(claim):
    return Tried(claim, list(claim.outcomes(None)))


def test_each_setting_but_the_one_that_was_tried_already_is_a_claim_of_its_own(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    names = [claim.name for claim in claims_in_settings(open_room(), CLAIM)]
    assert names == ["attacks, ordinary user, kernel", "attacks, ordinary user, bubblewrap"]
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert len(claims_in_settings(open_room(), CLAIM)) == len(SETTINGS)


def test_what_comes_of_the_trials_is_told_by_the_process_of_the_setting():
    one = tried(Stub(tried=KEPT_ONE * 2))
    assert [(row.trial, row.kind) for row in one.outcomes] == [("one", KEPT)] * 2
    assert one.holds


def test_a_process_that_ends_early_breaks_the_claim():
    one = tried(Stub(tried=KEPT_ONE + "raise SystemExit(9)"))
    assert [row.kind for row in one.outcomes] == [KEPT, BROKEN]
    assert one.outcomes[1].why == "the process of this setting ended with 9"
    assert not tried(Stub(tried=KEPT_ONE)).holds


def test_a_setting_that_cannot_be_had_is_said_so_and_is_no_promise_kept():
    one = tried(Stub(asked=CANNOT_BE_HAD))
    assert [(row.kind, row.why) for row in one.outcomes] == [(NOT_TRIED, "bubblewrap is not installed")]
    assert list(proof.not_tried([one])) == ["attacks, ordinary user, bubblewrap: bubblewrap is not installed"]
    assert proof.how_it_ended(one) == "not tried"
    assert list(proof.survivors([one])) == []


def test_a_setting_that_can_not_even_be_asked_about_says_why():
    (row,) = tried(Stub(asked="raise ValueError('no such folder')")).outcomes
    assert row.kind == NOT_TRIED
    assert row.why.startswith("the setting can't be had: ")
    assert row.why.endswith("ValueError: no such folder")


def test_an_ordinary_user_cannot_try_what_root_does(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert setting_process.why_not("root", "kernel") == "only root can try what root does"


@pytest.mark.skipif(os.geteuid() != 0 or try_layers()[1] != {}, reason="needs root, and every layer, to begin with")
def test_root_can_try_what_an_ordinary_user_has():
    room = open_room()
    skeleton = next(claim for claim in room.load("proofs").claims(room, True) if claim.name == "skeleton")
    one = ClaimInSetting(room, skeleton, Setting("ordinary user", "kernel"))
    assert one.why_not == ""
    assert [row.kind for row in one.outcomes(None)] == [KEPT]
