"""Gates that are stacked in one layer, and a cell that is wrong: whom may an arrangement of the blocks accuse?"""

from dataclasses import replace

import pytest

from grading.prove.claim import KEPT
from grading.prove.known_mistakes import read_hands, read_written
from grading.prove.known_trials import pair_trials, seen, single_trials, written_files
from grading.prove.marker import Marker
from grading.room import open_room

ROOM = open_room()
WRITTEN = {(one.hand.name, str(one.mistake), one.way): one for one in read_written(ROOM)}
FILE = "GRU_skeleton.py"
FIRST, SECOND, THIRD = "[:, :self.size]", "[:, self.size : 2 * self.size]", "[:, 2 * self.size :]"
GATES, MIX = ["gru.update_gate", "gru.reset_gate", "gru.candidate"], "gru.new_state"


@pytest.fixture(scope="module")
def marker():
    with Marker(ROOM, jobs=1) as marker:
        yield marker


def candidate_first(hand):
    """The hand that stacks, its blocks in the order candidate, update, reset: a right cell, as nobody stacks it."""
    text = hand.files[FILE].replace(THIRD, "[candidate]").replace(SECOND, THIRD).replace(FIRST, SECOND)
    return replace(hand, files=hand.files | {FILE: text.replace("[candidate]", FIRST)})


def seen_of(marker, one, hand):
    files = written_files(hand, one.mistake)
    return seen(marker.mark(files), files)


@pytest.mark.parametrize("way", range(4))
def test_no_other_order_of_the_blocks_accuses_the_gate_that_a_wrong_mix_leaves_unread(marker, way):
    candidate = WRITTEN["stacked", "gru.candidate: candidate-uses-gate-layers", way]
    mix = WRITTEN["stacked", "gru.new_state: reset-for-update", 0]
    (trial,) = pair_trials([(candidate, mix)], {})
    assert trial.judge(marker.mark(trial.files)) == (KEPT, "")


@pytest.mark.parametrize(
    ("hand", "mistake", "way"),
    [
        ("stacked", "gate-half-other-gate", 0),  # the states' layer would have to be stacked in another order
        ("turned", "gate-half-other-gate", 1),
        ("joined", "gate-uses-other-gate", 0),
    ],
)
@pytest.mark.parametrize("item", GATES[:2])
def test_of_two_arrangements_that_explain_a_cell_names_and_orders_tell_which_is_meant(marker, item, hand, mistake, way):
    (trial,) = single_trials([WRITTEN[hand, f"{item}: {mistake}", way]], [], {})
    assert trial.judge(marker.mark(trial.files)) == (KEPT, "")


def test_two_mistakes_are_no_fewer_than_one_under_an_arrangement_that_names_speak_against(marker):
    gate = WRITTEN["turned", "gru.update_gate: gate-half-other-gate", 1]
    candidate = WRITTEN["turned", "gru.candidate: candidate-uses-gate-layers", 3]
    (trial,) = pair_trials([(gate, candidate)], {})
    assert trial.judge(marker.mark(trial.files)) == (KEPT, "")


def test_an_unusual_order_of_the_blocks_clears_a_right_cell(marker):
    hand = candidate_first(read_hands(ROOM)["stacked"])
    files = {name: text.encode() for name, text in hand.write().items()}
    assert seen(marker.mark(files), files) == {}


@pytest.mark.parametrize(
    ("item", "mistake"),
    [
        ("gru.reset_gate", "gate-uses-other-gate"),
        ("gru.reset_gate", "gate-half-other-gate"),
        ("gru.candidate", "candidate-uses-gate-layers"),
    ],
)
def test_an_unusual_order_of_the_blocks_accuses_nobody_of_another_ones_layers(marker, item, mistake):
    one = WRITTEN["stacked", f"{item}: {mistake}", 0]
    found = seen_of(marker, one, candidate_first(one.hand))
    assert item in found
    assert set(found.values()) == {("needs_review", None)}


def test_what_is_wrong_in_every_order_of_the_blocks_is_named_in_an_unusual_one_as_well(marker):
    one = WRITTEN["stacked", "gru.new_state: mix-halved", 0]
    found = seen_of(marker, one, candidate_first(one.hand))
    assert found.pop(MIX) == ("failed", "mix-halved")
    assert set(found.values()) <= {("needs_review", None)}
