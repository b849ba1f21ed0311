"""The right formulas and the known wrong ones in the handout's symbols.

For instructors only.  A text is what its formula does to symbols, so the two can't differ; biases are left out.
"""

import numpy as np

from assignment.equations import EQUATIONS
from assignment.marking.loops import last, same
from grading.mark.symbols import Symbol, symbolic_case

VALUES = {"x": "x_t", "h": "h_{t-1}", "z": "z_t", "r": "r_t", "candidate": "h~_t", "embedded": "x", "t": "t"}
GRU_LAYERS = {name: name for name in ("W_z", "U_z", "W_r", "U_r", "W_h", "U_h")}
CASE = symbolic_case(VALUES, {"Wx": "W_x", "Wh": "W_h"})
GRU_CASE = symbolic_case(VALUES, GRU_LAYERS)
LEFT_SIDES = {
    "rnn.step_input": "x_t",
    "rnn.hidden_update": "h_t",
    "gru.update_gate": "z_t",
    "gru.reset_gate": "r_t",
    "gru.candidate": "h~_t",
    "gru.new_state": "h_t",
}
STEPS = 4  # of the short text on which a loop is shown


def asked(part):
    """The right formula of a part, as a text."""
    return WRITTEN[part](RIGHT[part]) if part in WRITTEN else equation(part, EQUATIONS[part])


def computed(entry):
    """A misconception's formula, as a text."""
    return WRITTEN[entry.part](entry.formula) if entry.part in WRITTEN else equation(entry.part, entry.formula)


def equation(item_id, formula):
    return f"{LEFT_SIDES[item_id]} = {formula(GRU_CASE if item_id.startswith('gru.') else CASE)}"


def written_steps(formula):
    """Which steps of a short text are read."""
    steps = formula(np.arange(1, STEPS + 1)[None, :])
    return f"x_t, t = {', '.join(map(str, steps[0]))}"


def written_carry(formula):
    """What a step starts from."""
    (state,) = formula(np.array([Symbol("h_{t-1}")], dtype=object))
    return f"h_t = cell(x_t, {state})"


def written_read_out(formula):
    """What is made of the states of a short text."""
    states = np.array([[Symbol(f"h_{t}") for t in range(1, STEPS + 1)]], dtype=object)
    return f"y = {Symbol(('matmul', formula(states)[0].tree, 'W_y'))}"


def written_head(formula):
    """What is done to the scores."""
    return f"y = {formula(Symbol(('matmul', 'h_T', 'W_y')))}"


WRITTEN = {"steps": written_steps, "carry": written_carry, "read_out": written_read_out, "head": written_head}
RIGHT = {"steps": same, "carry": same, "read_out": last, "head": same}
