"""A tolerance that is too wide or too narrow, and a NaN that is taken for agreement, are named by one claim."""

import numpy as np
import pytest

from assignment.equations import EQUATIONS
from assignment.marked_cases import marked_cases
from assignment.misconceptions import CATALOGUE
from grading.mark import agreement
from grading.mark.agreement import ABSOLUTE, RELATIVE, Agreement
from grading.prove.claim import BROKEN, KEPT, Tried
from grading.prove.tolerance import tolerance_claim


@pytest.fixture
def broken():
    """broken() -> name -> why, of the trials that do not hold."""

    def try_all():
        claim = tolerance_claim(marked_cases(), EQUATIONS, CATALOGUE)
        tried = Tried(claim, list(claim.outcomes(None)))
        assert len(tried.outcomes) == claim.total
        assert {outcome.kind for outcome in tried.outcomes} <= {KEPT, BROKEN}
        return {outcome.trial: outcome.why for outcome in tried.survivors}

    return try_all


def test_the_tolerance_as_it_is_holds(broken):
    assert broken() == {}


@pytest.mark.parametrize("factor", [10, 1000])
def test_a_tolerance_that_was_loosened_is_called_too_wide(broken, monkeypatch, factor):
    monkeypatch.setattr(agreement, "ABSOLUTE", ABSOLUTE * factor)
    monkeypatch.setattr(agreement, "RELATIVE", RELATIVE * factor)
    why = next(why for trial, why in broken().items() if trial.startswith("gru.new_state: new-state-squashed"))
    told = "the tolerance is too wide: 1/100 of the way to new-state-squashed is taken for right"
    assert why == f"grading/mark/agreement.py: {told}"


def test_a_tolerance_that_was_tightened_is_called_too_narrow(broken, monkeypatch):
    monkeypatch.setattr(agreement, "ABSOLUTE", ABSOLUTE / 1000)
    monkeypatch.setattr(agreement, "RELATIVE", RELATIVE / 1000)
    found = broken()
    assert found["gru.candidate: float32"].endswith("100 times what float32 rounds off is taken for wrong")
    assert all(trial.endswith(": float32") for trial in found)


def near_unless_further(got, expected):
    """The comparison with its question turned round: what is not further off is near, NaN too."""
    with np.errstate(invalid="ignore"):
        near = ~(np.abs(got - expected) > ABSOLUTE + RELATIVE * np.abs(expected))
    return Agreement(bool(near.all()), got.shape, expected.shape)


def test_nan_that_is_taken_for_agreement_is_called_that(broken, monkeypatch):
    monkeypatch.setattr(agreement, "compare", near_unless_further)
    found = broken()
    assert found["gru.candidate: NaN in one entry"] == "grading/mark/agreement.py: NaN is taken for right"
    assert all("NaN" in trial for trial in found)
