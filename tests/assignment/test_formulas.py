"""A formula that is written out is the one that is run: each text is computed, and gives the formula's numbers."""

import re

import numpy as np
import pytest

from assignment.equations import EQUATIONS, sigmoid, softmax
from assignment.formulas import STEPS, asked, computed
from assignment.misconceptions import CATALOGUE
from grading.mark.case import Case
from grading.room import open_room

B, E, H, O, T = 3, 4, 5, 2, STEPS  # noqa: E741 - O is the handout's letter for the classes
NAMES = {"h~_t": "candidate", "h_{t-1}": "h", "x_t": "x", "z_t": "z", "r_t": "r", "W_x ": "Wx ", "W_h h": "Wh h"}
FUNCTIONS = {"tanh": np.tanh, "log": np.log, "sigmoid": sigmoid, "softmax": softmax, "max": np.maximum}
LINES = [entry for entry in CATALOGUE.entries if entry.part in EQUATIONS]


def random_case(seed=0):
    random = np.random.default_rng(seed)
    shapes = {"x": (B, E), "h": (B, H), "z": (B, H), "r": (B, H), "candidate": (B, H), "embedded": (B, B, E)}
    sizes = {name: (H, E if name in {"Wx", "W_z", "W_r", "W_h"} else H) for name in
             ("Wx", "Wh", "W_z", "W_r", "W_h", "U_z", "U_r", "U_h")}  # fmt: skip
    return Case(
        {name: random.uniform(0.1, 0.9, shape) for name, shape in shapes.items()} | {"t": 1},
        {name: (random.uniform(-1, 1, shape), None) for name, shape in sizes.items()},
    )


def value_of(text, part, case):
    """What a formula's text says, computed: `W x` is a layer applied, all else is as NumPy has it."""
    right = text.partition(" = ")[2]
    if part == "rnn.step_input":
        return eval(right, {"__builtins__": {}, "x": case.embedded, "t": case.t})
    for said, name in NAMES.items():
        right = right.replace(said, name)
    applied = re.sub(r"\b([WU]_?[zrhx]) (\w+)", r"\1(\2)", right)
    applied = re.sub(r"\b([WU]_?[zrhx]) \(", r"\1(", applied)
    names = {name: getattr(case, name) for name in (*case.values, *case.layers)}
    return eval(applied, {"__builtins__": {}} | FUNCTIONS | names)


@pytest.mark.parametrize("entry", LINES, ids=lambda entry: f"{entry.part}-{entry.id}")
def test_a_mistake_as_it_is_written_gives_the_numbers_of_its_formula(entry):
    case = random_case()
    assert np.allclose(value_of(computed(entry), entry.part, case), entry.formula(case), atol=1e-12)


@pytest.mark.parametrize("part", EQUATIONS)
def test_what_is_asked_as_it_is_written_gives_the_numbers_of_the_equation(part):
    case = random_case()
    assert np.allclose(value_of(asked(part), part, case), EQUATIONS[part](case), atol=1e-12)


@pytest.mark.parametrize("part", [part for part in EQUATIONS if part != "rnn.step_input"])
def test_what_is_asked_is_the_rubrics_equation_without_its_bias(part):
    assert asked(part) == re.sub(r" \+ b_\w", "", open_room().items[part].equation)


@pytest.mark.parametrize("entry", CATALOGUE.of("steps"), ids=lambda entry: computed(entry))
def test_the_steps_that_are_written_are_those_that_are_read(entry):
    embedded = np.random.default_rng(0).normal(size=(B, T, E))
    steps = [int(step) - 1 for step in computed(entry).partition("t = ")[2].split(", ")]
    assert np.array_equal(embedded[:, steps], entry.formula(embedded))
    assert asked("steps") == "x_t, t = 1, 2, 3, 4"


@pytest.mark.parametrize("entry", CATALOGUE.of("read_out"), ids=lambda entry: entry.id)
def test_the_state_that_is_written_is_the_one_that_is_read_out(entry):
    states = np.random.default_rng(0).normal(size=(B, T, H))
    names = {f"h_{t + 1}": states[:, t] for t in range(T)}
    text = computed(entry).removeprefix("y = W_y ")
    assert np.allclose(eval(text, {"__builtins__": {}} | names), entry.formula(states), atol=1e-12)


def test_what_is_asked_of_the_output_is_the_last_state_through_the_last_layer_and_no_more():
    assert (asked("read_out"), asked("head")) == (f"y = W_y h_{T}", "y = W_y h_T")


@pytest.mark.parametrize("entry", CATALOGUE.of("head"), ids=lambda entry: entry.id)
def test_what_is_done_to_the_scores_is_written_as_it_is_done(entry):
    scores = np.random.default_rng(0).normal(size=(B, O))
    text = computed(entry).removeprefix("y = ").replace("W_y h_T", "scores")
    assert np.allclose(eval(text, {"__builtins__": {}} | FUNCTIONS, {"scores": scores}), entry.formula(scores))


def test_a_state_that_is_not_carried_is_written_as_zero():
    (entry,) = CATALOGUE.of("carry")
    assert (asked("carry"), computed(entry)) == ("h_t = cell(x_t, h_{t-1})", "h_t = cell(x_t, 0)")


def test_every_mistake_is_met_in_items_that_the_rubric_has():
    room = open_room()
    met = {name: CATALOGUE.items_of(name) for name in CATALOGUE.identifiers()}
    assert [name for name, items in met.items() if not items] == []
    assert {item for items in met.values() for item in items} <= set(room.items)
