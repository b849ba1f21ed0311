"""Right in another form is right: every file of assignment/forms gets all points of its half, accused of nothing."""

import pytest

from assignment.proofs import FORMS
from grading.prove.claim import KEPT
from grading.prove.known_trials import form_trials
from grading.prove.marker import Marker
from grading.room import open_room

ROOM = open_room()
TRIALS = form_trials(ROOM, FORMS)


@pytest.fixture(scope="module")
def marker():
    with Marker(ROOM, jobs=1) as marker:
        yield marker


@pytest.mark.parametrize("folder", FORMS)
def test_there_are_forms_of_both_models(folder):
    assert any(trial.name.startswith(f"{folder}/") for trial in TRIALS)


def test_there_are_at_least_sixty():
    assert len(TRIALS) >= 60


def test_a_line_that_is_right_with_biases_beside_the_layers_costs_nothing_where_another_line_forgets_its_own(marker):
    text = (ROOM.path / "forms" / "gru" / "bias_beside_the_layers.py").read_text()
    forgetful = text.replace(" + self.b_r)", ")")
    assert forgetful != text
    result = marker.mark({FORMS["gru"]: forgetful.encode()})
    lost = {row.id for row in result.items if row.status != "passed" and row.id.startswith("gru.")}
    assert not lost & {"gru.layers", "gru.update_gate", "gru.reset_gate", "gru.candidate", "gru.unroll"}


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.name)
def test_a_right_form_gets_all_points_and_is_accused_of_nothing(marker, trial):
    assert trial.judge(marker.mark(trial.files, learns=True)) == (KEPT, "")
