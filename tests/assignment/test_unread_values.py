"""A value that a wrong cell never reads: its numbers say nothing of it, only the student's variables can clear it."""

from dataclasses import replace

import pytest

from grading.prove.claim import KEPT
from grading.prove.known_mistakes import read_written
from grading.prove.known_trials import seen, single_trials, written_files
from grading.prove.marker import Marker
from grading.room import open_room

ROOM = open_room()
WRITTEN = {(str(one.mistake), one.way): one for one in read_written(ROOM) if one.hand.name == "own-names"}
FILE, RESET, CANDIDATE = "GRU_skeleton.py", "gru.reset_gate", "gru.candidate"
PERSON = ("needs_review", None)


@pytest.fixture(scope="module")
def marker():
    with Marker(ROOM, jobs=1) as marker:
        yield marker


def seen_of(marker, *written, **changed):
    """What is seen of mistakes, in the hand of the first with other lines in the place of some."""
    hand = written[0].hand
    for line, other in changed.get("lines", {}).items():
        assert line in hand.files[FILE]
        hand = replace(hand, files=hand.files | {FILE: hand.files[FILE].replace(line, other)})
    files = written_files(hand, *(one.mistake for one in written))
    return seen(marker.mark(files), files)


@pytest.mark.parametrize("gate", ["gate-softmax", "gate-sigmoid-on-each-term", "gate-half-other-gate"])
def test_a_wrong_gate_that_the_candidate_ignores_is_not_paid(marker, gate):
    found = seen_of(marker, WRITTEN[f"{RESET}: {gate}", 0], WRITTEN[f"{CANDIDATE}: candidate-ignores-state", 0])
    assert found == {RESET: PERSON, CANDIDATE: ("failed", "candidate-ignores-state")}


@pytest.mark.parametrize("way", range(2))
def test_a_wrong_gate_that_the_candidate_does_not_read_is_not_called_by_the_name_of_the_one_that_it_reads(marker, way):
    found = seen_of(
        marker, WRITTEN[f"{RESET}: gate-half-other-gate", way], WRITTEN[f"{CANDIDATE}: update-for-reset", 0]
    )
    assert found == {RESET: PERSON, CANDIDATE: PERSON}


@pytest.mark.parametrize(
    "mistake",
    [
        f"{CANDIDATE}: candidate-ignores-state",  # the right gate was held
        f"{CANDIDATE}: update-for-reset",
        f"{RESET}: gate-uses-other-gate",  # nothing else was held in its place
        "gru.new_state: reset-for-update",
    ],
)
def test_a_value_that_nothing_reads_is_cleared_by_a_variable_that_held_it(marker, mistake):
    (trial,) = single_trials([WRITTEN[mistake, 0]], [], {})
    assert trial.judge(marker.mark(trial.files)) == (KEPT, "")


def test_a_gate_that_nothing_reads_and_no_variable_held_is_left_to_a_person(marker):
    one = WRITTEN[f"{CANDIDATE}: candidate-ignores-state", 0]
    lines = {
        "r = ...  # gru.reset_gate\n        return z, r": "return z, ...  # gru.reset_gate",
        "z, r = self.gates(word, past)": "z = self.gates(word, past)[0]",
    }
    found = seen_of(marker, one, lines=lines)
    assert found == {RESET: PERSON, CANDIDATE: ("failed", "candidate-ignores-state")}


def test_a_sum_that_was_held_beside_a_copied_gate_accuses_no_candidate(marker):
    one = WRITTEN[f"{RESET}: gate-uses-other-gate", 0]
    found = seen_of(marker, one, lines={"return z, r": "unused = self.W_r(word) + self.U_r(past)\n        return z, r"})
    assert found == {RESET: PERSON, CANDIDATE: PERSON}
