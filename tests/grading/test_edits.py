"""Random edits are the same for the same number, and a result that may not be is noticed."""

import ast
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading.mark.marking import our_fault
from grading.prove.claim import BROKEN, KEPT, Tried
from grading.prove.contract import Contract
from grading.prove.edits import Edited, base_files, edit_claim, edited
from grading.prove.marker import Marker
from grading.prove.patience import Hung
from grading.prove.text_edits import BYTE_EDITS, TEXT_EDITS
from grading.prove.tree_edits import TREE_EDITS
from grading.room import open_room
from grading.sandbox.worker import ZygoteFault

ROOM = open_room()
BASES = base_files(ROOM)
NUMBERS = st.integers(0, 20_000)


@given(NUMBERS)
def test_an_edit_is_the_same_whenever_it_is_made(number):
    assert edited(number, BASES) == edited(number, BASES)


@given(NUMBERS, st.text(st.characters(exclude_categories=["C", "Z"])))
def test_an_edit_is_made_of_any_python_text_and_gives_bytes(number, comment):
    text = f"x = 1\n# {comment}\n"
    _, _, content = edited(number, [("RNN_skeleton.py", text)])
    assert isinstance(content, bytes)


def test_every_kind_of_edit_is_made_and_most_leave_python_that_is_not_the_right_one():
    made = [edited(number, BASES) for number in range(2000)]
    kinds = Counter(name for _, names, _ in made for name in names)
    assert set(kinds) == {edit.__name__ for edit in (*TREE_EDITS, *TEXT_EDITS, *BYTE_EDITS)}
    right = {text.encode() for _, text in BASES}
    assert sum(content in right for _, _, content in made) < 20
    assert sum(is_python(content) for _, _, content in made) > 1400


def is_python(content):
    try:
        ast.parse(content)
    except (SyntaxError, ValueError):
        return False
    return True


@pytest.fixture(scope="module")
def contract():
    return Contract(ROOM)


@pytest.fixture(scope="module")
def rejected():
    """A result that keeps the contract, for nothing that could be marked."""
    with Marker(ROOM, jobs=1) as marker:
        marker.untrained = ROOM
        return marker.mark({"nothing.txt": b""})


def with_row(result, **changes):
    return replace(result, items=[replace(result.items[0], **changes), *result.items[1:]])


def test_a_result_that_says_what_it_may_keeps_the_contract(contract, rejected):
    assert contract.breaches(rejected, {}) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"points": 3.0}, "3.0 of 6.0 points for 'not_run'"),
        ({"points": float("nan")}, "nan of 6.0 points"),
        ({"status": "unheard-of"}, "points for 'unheard-of'"),
        ({"status": "needs_review"}, "the status is 'graded', with 1 items in doubt"),
        ({"cause": ""}, "not all four lines are filled"),
        ({"misconception": "no-recurrence"}, "is called 'no-recurrence'"),
        ({"line": 9}, "line 9 is not in RNN_skeleton.py"),
        ({"saw": "a result of the shape {shape}"}, "a place that nothing was put into"),
        ({"saw": "Traceback (most recent call last)"}, "speaks of our own code"),
        ({"saw": "\x1b[2J"}, "can't be shown"),
        ({"saw": "x" * 501}, "can't be shown"),
        ({"saw": ROOM.words.say("saw", "our_fault")}, "our marker failed"),
    ],
)
def test_a_row_that_may_not_be_is_told(contract, rejected, changes, told):
    assert any(told in breach for breach in contract.breaches(with_row(rejected, **changes), {}))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"status": "excellent"}, "the status is 'excellent'"),
        ({"score": 7.0}, "is not the sum of the points"),
        ({"items": []}, "the items are "),
        ({"notes": ["{file} was not read"]}, "a place that nothing was put into"),
        ({"grader": {"fault": "KeyError"}}, "our own code failed: KeyError"),
    ],
)
def test_a_result_that_may_not_be_is_told(contract, rejected, changes, told):
    assert any(told in breach for breach in contract.breaches(replace(rejected, **changes), {}))


def test_our_own_fault_breaks_the_claim(contract):
    failed = our_fault(ROOM, "student", KeyError("x"))
    assert Edited(0, BASES, contract).judge(failed)[0] == BROKEN


class Failing(Marker):
    """A marker that nothing can be run with at every second submission, and that hangs at the others."""

    calls = 0

    def mark(self, files, learns=False, time_limit=10.0):
        self.calls += 1
        if self.calls % 2:
            raise ZygoteFault("gone")
        raise Hung("it did not come back")


def test_a_marker_that_fails_breaks_the_claim_and_the_trials_after_it_are_made():
    claim = edit_claim(ROOM, 4)
    with Failing(ROOM, jobs=1) as marker:
        outcomes = list(marker.try_all([Edited(n, BASES, Contract(ROOM)) for n in range(4)]))
    assert [outcome.kind for outcome in outcomes] == [BROKEN] * 4
    assert outcomes[0].why == "nothing could be run: gone"
    assert outcomes[1].why == "it did not come back"
    assert not Tried(claim, outcomes).holds


def test_some_edits_are_marked_as_they_may_be():
    claim = edit_claim(ROOM, 12)
    with Marker(ROOM, jobs=1) as marker:
        outcomes = list(claim.outcomes(marker))
    assert [(outcome.kind, outcome.why) for outcome in outcomes] == [(KEPT, "")] * 12
