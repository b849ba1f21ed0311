"""What a trial of known work looks at: the items that earn points, and those that earn none as well."""

from dataclasses import replace

import pytest

from grading.prove.claim import BROKEN, KEPT, PERSON
from grading.prove.known_mistakes import HANDOUT, read_written
from grading.prove.known_trials import judge_right, seen, single_trials
from grading.prove.mutant_trials import judge
from grading.prove.mutants import make_mutant
from grading.prove.ownership import Ownership
from grading.prove.solution_trials import skeleton_trial, solution_trial
from grading.room import open_room
from tests.grading.results import FAILED, IN_DOUBT, PASSED, result_of

ROOM = open_room()
FILE = "GRU_skeleton.py"
NOT_ASKED = PASSED.but(status="not_run", share=0.0)
BLANK = PASSED.but(status="blank", share=0.0)
WRITTEN = next(
    one
    for one in read_written(ROOM)
    if one.hand.name == HANDOUT and (one.mistake.item, one.mistake.name) == ("gru.candidate", "reset-ignored")
)


def test_what_was_not_handed_in_and_earns_nothing_is_nothing_to_tell():
    assert seen(result_of(ROOM, submission_notebook=NOT_ASKED, report_one_page=NOT_ASKED), {FILE}) == {}


def test_items_of_a_file_that_was_not_handed_in_are_not_told_of():
    assert seen(result_of(ROOM, rnn_layers=FAILED), {FILE}) == {}


@pytest.mark.parametrize("said", [IN_DOUBT, FAILED.but(misconception=None)], ids=["in_doubt", "failed"])
def test_a_right_form_that_is_called_a_library_s_is_accused(said):
    assert judge_right({FILE})(result_of(ROOM, gru_candidate=IN_DOUBT)) == (
        PERSON,
        "gru.candidate needs_review (no name)",
    )
    kind, why = judge_right({FILE})(result_of(ROOM, submission_handwritten=said))
    assert kind == BROKEN
    assert why == f"submission.handwritten {said.status} (no name)"


def test_the_solution_that_is_called_a_library_s_is_accused():
    trial = solution_trial(ROOM)
    assert trial.judge(result_of(ROOM)) == (KEPT, "")
    assert trial.judge(replace(result_of(ROOM, submission_handwritten=IN_DOUBT), status="graded"))[0] == BROKEN


def test_the_skeleton_that_is_called_a_library_s_is_accused():
    blanks = {item.id.replace(".", "_", 1): BLANK for item in ROOM.items.values() if item.points}
    trial = skeleton_trial(ROOM)
    assert trial.judge(result_of(ROOM, **blanks)) == (KEPT, "")
    kind, why = trial.judge(result_of(ROOM, **blanks, submission_handwritten=IN_DOUBT))
    assert (kind, why) == (BROKEN, "0 points; not called a blank: none; said against it: submission.handwritten")


def test_a_mistake_that_is_called_a_library_s_as_well_breaks_the_claim():
    (trial,) = single_trials([WRITTEN], [], {})
    named = FAILED.but(misconception="reset-ignored")
    assert trial.judge(result_of(ROOM, gru_candidate=named))[0] == KEPT
    assert trial.judge(result_of(ROOM, gru_candidate=named, submission_handwritten=IN_DOUBT))[0] == BROKEN


def test_a_mutant_that_is_called_a_library_s_as_well_breaks_the_claim():
    text = "x = 1\n"
    ownership = Ownership(ROOM.items, {FILE: text.encode()}, {}, {})
    mutant = make_mutant(FILE, "left out", text, 1, 1, [])
    found = {"gru.candidate": ("failed", None)}
    assert judge(mutant, found, ownership, [])[0] == KEPT
    assert judge(mutant, found | {"submission.handwritten": ("needs_review", None)}, ownership, [])[0] == BROKEN
