"""Where the marker hangs, a trial is broken by its name, the trials after it are made, and the proof ends."""

import subprocess
import sys
import threading

import pytest

from grading.prove import marker as marker_module
from grading.prove import proof
from grading.prove.claim import BROKEN, KEPT, Claim, Trial, Tried
from grading.prove.edits import TIME_LIMIT
from grading.prove.marker import Marker
from grading.prove.patience import Hung, is_left_behind, longest, within
from grading.room import REPOSITORY, open_room
from tests.grading.results import result_of

SOON = 1.0  # seconds; what is waited for longer never comes
NEVER = "from grading.prove.patience import Hung, within\ntry:\n    within(0.1, lambda: [None for _ in iter(int, 1)])\n"
PROVE = """
import sys, threading
from grading.prove import proof
from grading.prove.claim import Claim, Tried
from grading.prove.patience import Hung, within

def prove(*_, **options):
    threading.Thread(target=threading.Event().wait).start()  # as a pool's thread that would be waited for
    try:
        within(0.1, threading.Event().wait)
    except Hung:
        return [Tried(Claim("steady", "", None, 1))]

proof.prove = prove
from grading.__main__ import app
app(["prove"])
"""


@pytest.fixture
def never():
    """Work that does not come back until the test is over."""
    over = threading.Event()
    yield over.wait
    over.set()


def test_what_comes_back_is_handed_on_whatever_it_is():
    assert within(60, sum, [1, 2]) == 3
    with pytest.raises(TimeoutError, match="its own"):
        within(60, raising, TimeoutError("its own"))
    assert not is_left_behind()


def raising(reason):
    raise reason


def test_what_does_not_come_back_is_left_behind(never):
    with pytest.raises(Hung, match="did not come back within 0 seconds"):
        within(0.01, never)
    assert is_left_behind()


def test_an_endless_loop_of_ours_keeps_no_process_from_its_end():
    ended = subprocess.run(
        [sys.executable, "-c", NEVER + "except Hung:\n    print('hung')\n"],
        cwd=REPOSITORY, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ended.returncode, ended.stdout) == (0, "hung\n"), ended.stderr


def test_a_proof_with_something_left_behind_prints_its_table_and_ends():
    ended = subprocess.run([sys.executable, "-c", PROVE], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert ended.returncode == 1, ended.stderr
    assert ended.stdout.split()[-6:] == ["0", "0", "0", "0", "0", "NO"]
    assert "steady: 0 of 1 trials were made" in ended.stderr


class Pool:
    """No processes; counts how many were given up."""

    def __init__(self, walls=None):
        self.given_up = 0

    def get(self):
        return None

    def give_up(self):
        self.given_up += 1

    def close(self):
        pass


@pytest.fixture
def hanging_at(monkeypatch, never):
    """hanging_at(name) -> a marker that never comes back from the file of that name."""

    def marker_of(name):
        def mark(room, submission, zygote, time_limit):
            return never() if name in submission.files else result_of(room)

        monkeypatch.setattr(marker_module, "mark_submission", mark)
        monkeypatch.setattr(marker_module, "ZygotePool", Pool)
        monkeypatch.setattr(marker_module, "longest", lambda time_limit, files: SOON)
        return Marker(open_room(), jobs=1)

    return marker_of


def trials(*names):
    return [Trial(name, {name: b""}, lambda result: (KEPT, "")) for name in names]


def test_a_trial_on_which_the_marker_hangs_is_broken_by_name_and_the_next_ones_are_tried(hanging_at):
    with hanging_at("second") as marker:
        outcomes = list(marker.try_all(trials("first", "second", "third")))
        assert marker.pool.given_up == 1
    assert [(outcome.trial, outcome.kind) for outcome in outcomes] == [
        ("first", KEPT), ("second", BROKEN), ("third", KEPT),
    ]  # fmt: skip
    assert outcomes[1].why == "the marker hung: it did not come back within 1 seconds"


def test_a_claim_that_hangs_on_no_trial_in_particular_is_broken_and_the_proof_goes_on(hanging_at):
    def outcomes(marker, after):
        yield within(0.01, marker.mark, {"only": b""})

    claim = Claim("steady", "The same.", outcomes, 1)
    with hanging_at("only") as marker:
        tried = Tried(claim, list(proof.outcomes(claim, marker)))
    assert not tried.holds
    assert [outcome.trial for outcome in tried.survivors] == ["steady"]


def test_an_edit_may_take_as_long_as_every_question_that_runs_into_its_limit_and_no_longer():
    assert longest(TIME_LIMIT) == 100
