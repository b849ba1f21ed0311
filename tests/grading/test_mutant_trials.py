"""A mutant must cost the item of its line and no other; a survivor is told with its change, unless it is listed."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from grading.mark.result import ItemResult
from grading.mark.verdict import Verdict
from grading.prove import mutant_trials, mutation_tool
from grading.prove.claim import BROKEN, EXPLAINED, KEPT, PERSON, Tried
from grading.prove.marker import Marker
from grading.prove.mutant_trials import Listed, MutantClaim, judge
from grading.prove.mutants import make_mutant
from grading.prove.mutation_tool import NoMutationTool
from grading.prove.ownership import Ownership
from grading.prove.patience import Hung
from grading.room import Item

SOURCE = """\
class Cell:
    def __init__(self, size):
        self.size = size

    def forward(self, x):  # (B,)
        z = 1 - x  # the gate
        return z
"""
ITEMS = {
    "cell.gate": Item("cell.gate", 5, "", "cell.py", "Cell.forward:z"),
    "cell.layers": Item("cell.layers", 5, "", "cell.py", "Cell.__init__"),
    "other.gate": Item("other.gate", 5, "", "other.py", "Other.forward:z"),
}
METHODS = {"Cell.__init__": "cell.layers", "Cell.forward": "cell.state"}
GATE, LAYERS = "cell.gate", "cell.layers"


def ownership():
    lines = {("Cell.forward", "z = 1 - x"): [GATE]}
    return Ownership(ITEMS, {"cell.py": SOURCE.encode()}, METHODS, lines)


def gate_mutant(after="z = x - 1", slip="exchanged sides"):
    return make_mutant("cell.py", slip, SOURCE, 6, 6, [f"        {after}"])


def listed(*items, after="z = x - 1"):
    return [Listed("Cell.forward", "z = 1 - x", [after], "both are the same here", list(items))]


@pytest.mark.parametrize(
    ("line", "owners"),
    [
        (6, {GATE}),
        (7, {"cell.state"}),
        (3, {LAYERS}),
        (5, {GATE, LAYERS}),
        (1, {GATE, LAYERS}),
    ],
)
def test_a_line_belongs_to_its_blank_its_method_or_all_that_stand_on_it(line, owners):
    mutant = make_mutant("cell.py", "left out", SOURCE, line, line, [])
    assert ownership().owners(mutant) == owners


def test_a_line_that_is_moved_is_its_method_s_too():
    assert ownership().owners(gate_mutant(slip="moved down")) == {GATE, "cell.state"}


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        ({GATE: ("failed", None)}, KEPT),
        ({GATE: ("error", None)}, KEPT),
        ({GATE: ("error", None), LAYERS: ("needs_review", None)}, PERSON),
        ({GATE: ("needs_review", None)}, PERSON),
        ({}, BROKEN),
        ({LAYERS: ("needs_review", None)}, BROKEN),
        ({LAYERS: ("failed", None)}, BROKEN),
        ({GATE: ("failed", None), LAYERS: ("failed", None)}, BROKEN),
    ],
)
def test_a_mutant_must_cost_its_item_and_no_other(found, kind):
    assert judge(gate_mutant(), found, ownership(), [])[0] == kind


def test_a_listed_mutant_comes_to_what_is_listed_and_to_nothing_else():
    found = {LAYERS: ("failed", None)}
    assert judge(gate_mutant(), {}, ownership(), listed()) == (EXPLAINED, "both are the same here")
    assert judge(gate_mutant(), found, ownership(), listed())[0] == BROKEN
    assert judge(gate_mutant(), found, ownership(), listed(LAYERS))[0] == EXPLAINED
    assert judge(gate_mutant(), {}, ownership(), listed(LAYERS))[0] == BROKEN


def test_what_is_listed_for_another_change_excuses_nothing():
    assert judge(gate_mutant(), {}, ownership(), listed(after="z = x"))[0] == BROKEN


class Marks(Marker):
    """A marker that finds all right; `trained` counts how often it was asked to train."""

    def __init__(self):
        self.executor, self.trained = ThreadPoolExecutor(1), 0

    def mark(self, files, learns=False):
        self.trained += learns
        return type("Result", (), {"items": []})


@pytest.fixture
def claim(monkeypatch):
    monkeypatch.setattr(mutant_trials, "solution_files", lambda room: {"cell.py": SOURCE.encode()})
    monkeypatch.setattr(mutant_trials, "read_ownership", lambda room, files: ownership())
    monkeypatch.setattr(mutant_trials, "read_listed", lambda room: listed(after="z = 2 - x"))
    mutants = [gate_mutant("z = x - 1"), gate_mutant("z = 2 - x"), gate_mutant("z = x")]
    return lambda every=1: MutantClaim("mutants", "Each is killed.", None, lambda files: mutants, every)


def test_an_unlisted_survivor_breaks_the_claim_and_is_told_with_its_change(claim):
    tried = Tried(claim(every=2))
    tried.outcomes = list(tried.claim.outcomes(Marks()))
    assert not tried.holds
    assert [outcome.trial for outcome in tried.survivors] == [
        "cell.py, line 6: exchanged sides: z = 1 - x -> z = x - 1",
        "cell.py, line 6: exchanged sides: z = 1 - x -> z = x",
    ]
    assert tried.survivors[0].why == "survives cell.gate: all passed"


def test_what_nothing_else_kills_is_trained_what_is_listed_in_the_full_form_alone(claim):
    quick, full = Marks(), Marks()
    assert [outcome.kind for outcome in claim().outcomes(full)] == [BROKEN, EXPLAINED, BROKEN]
    assert full.trained == 3
    listed_alone = claim(every=2)
    listed_alone.mutants = [gate_mutant("z = 2 - x")]
    assert [outcome.kind for outcome in listed_alone.outcomes(quick)] == [EXPLAINED]
    assert quick.trained == 0


class Learns(Marks):
    """A marker that only training tells a mutant to."""

    def mark(self, files, learns=False):
        row = ItemResult.of(ITEMS[GATE], Verdict("failed"))
        return type("Result", (), {"items": [row] if learns else []})


def test_a_wrong_listing_shows_where_only_training_tells(claim):
    listed_alone = claim()
    listed_alone.mutants = [gate_mutant("z = 2 - x")]
    (outcome,) = listed_alone.outcomes(Learns())
    assert (outcome.kind, outcome.why) == (BROKEN, "listed, but it comes to: cell.gate failed (no name)")


def test_a_mutant_on_which_the_marker_hangs_breaks_the_claim_by_name(claim):
    class Hangs(Marks):
        def mark(self, files, learns=False):
            raise Hung("it did not come back")

    outcomes = list(claim().outcomes(Hangs()))
    assert {(outcome.kind, outcome.why) for outcome in outcomes} == {(BROKEN, "it did not come back")}
    assert len(outcomes) == 3


def test_the_quick_form_takes_one_in_so_many(claim):
    assert (claim().total, claim(every=2).total) == (3, 2)


def test_without_the_tool_the_claim_fails_with_the_sentence_that_says_why(monkeypatch):
    def no_tool(files):
        raise NoMutationTool("the package is not installed; run: make setup")

    monkeypatch.setattr(mutant_trials, "solution_files", lambda room: {})
    tried = Tried(MutantClaim("tool mutants", "Each is killed.", None, no_tool))
    tried.outcomes = list(tried.claim.outcomes(Marks()))
    assert not tried.holds
    assert [outcome.why for outcome in tried.survivors] == ["the package is not installed; run: make setup"]


def test_no_package_is_loaded_before_mutants_are_made():
    assert "cosmic_ray" not in vars(mutation_tool)
