"""Trials of the tolerance: it lies far under the nearest known mistake, far over rounding, and no NaN is within it."""

from functools import partial

import numpy as np

from grading.mark.agreement import agrees
from grading.mark.case import Case
from grading.prove.claim import BROKEN, Claim, Outcome

CLOSER = 100  # an answer so many times closer than a mistake is wrong as well
ROUNDER = 100  # an answer so many times further off than float32 rounds is right as well
WHERE = "grading/mark/agreement.py"


def tolerance_claim(cases, equations, catalogue):
    """The Claim that the tolerance tells right from wrong on the marker's own cases, with room on either side.

    cases       item id -> the Case with which the marker tries it
    equations   item id -> the right formula
    catalogue   the room's Catalogue of wrong ones
    """
    trials = [trial for item_id, case in cases.items() for trial in trials_of(item_id, case, equations, catalogue)]

    def outcomes(_, after=0):
        for name, holds, why in trials[after:]:
            yield Outcome(name) if holds() else Outcome(name, BROKEN, f"{WHERE}: {why}")

    promise = "What is taken for agreement is far from every known mistake, and far more than rounding."
    return Claim("tolerance", promise, outcomes, len(trials))


def trials_of(item_id, case, equations, catalogue):
    """(name, holds, why) for each wrong formula of an item, for its rounding, and for what is no number."""
    right = equations[item_id](case)
    for number, entry in enumerate(catalogue.of(item_id), start=1):
        wrong = None if entry.right else computed(entry.formula, case, right.shape)
        if wrong is not None:
            why = f"the tolerance is too wide: 1/{CLOSER} of the way to {entry.id} is taken for right"
            yield f"{item_id}: {entry.id}, formula {number}", partial(differs, right, (wrong - right) / CLOSER), why
    rounded = equations[item_id](in_float32(case)) - right
    why = f"the tolerance is too narrow: {ROUNDER} times what float32 rounds off is taken for wrong"
    yield f"{item_id}: float32", partial(is_the_same, right, rounded * ROUNDER), why
    for name, odd in {"NaN": np.nan, "infinity": np.inf}.items():
        at_one = np.zeros(right.shape)
        at_one.flat[-1] = odd
        for place, off in {"one": at_one, "every": np.full(right.shape, odd)}.items():
            yield f"{item_id}: {name} in {place} entry", partial(differs, right, off), f"{name} is taken for right"


def computed(formula, case, shape):
    """What a formula gives; None where it can't run at these sizes, or gives another shape."""
    try:
        found = formula(case)
    except (IndexError, ValueError):
        return None
    return found if found.shape == shape else None


def differs(right, off):
    """Whether the marker takes numbers that are so far off for wrong."""
    return not agrees(right + off, right)


def is_the_same(right, off):
    """Whether the marker takes numbers that are so far off for right."""
    return agrees(right + off, right)


def in_float32(case):
    """The same case in the numbers in which students compute."""
    layers = {
        name: tuple(None if part is None else part.astype(np.float32) for part in layer)
        for name, layer in case.layers.items()
    }
    values = {
        name: value.astype(np.float32) if isinstance(value, np.ndarray) else value
        for name, value in case.values.items()
    }
    return Case(values, layers)
