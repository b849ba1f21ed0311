"""The right formulas and the known wrong ones in the lab's symbols.  For instructors only; biases are left out."""

import numpy as np

from grading.mark.symbols import Symbol, symbolic_case
from labs.gating.equations import EQUATIONS

VALUES = {"x": "x_t", "h": "h_{t-1}", "r": "r_t", "z": "z_t", "f": "f_t", "candidate": "h~_t"}
STACKED = {"W": ("W_r", "W_z", "W_h"), "U": ("U_r", "U_z", "U_h")}
GRU_CASE = symbolic_case(VALUES, STACKED)
MINIMAL_CASE = symbolic_case(VALUES, {"W_f": "W_f", "W_h": "W_h"})
LEFT_SIDES = {
    "gru.reset_gate": "r_t",
    "gru.update_gate": "z_t",
    "gru.candidate": "h~_t",
    "gru.new_state": "h_t",
    "mgu.gate": "f_t",
    "mgu.candidate": "h~_t",
    "mgu.new_state": "h_t",
}
POSITIONS, WORDS = 5, 3  # of the short review on which reading out is shown


def asked(part):
    """The right formula of a part, as a text."""
    return written(part, EQUATIONS[part])


def computed(entry):
    """A misconception's formula, as a text."""
    return written(entry.part, entry.formula)


def written(part, formula):
    if part not in LEFT_SIDES:
        return f"last_state = {read_out(formula)}, lengths = [{WORDS}], states = [h_1, ..., h_{POSITIONS}]"
    return f"{LEFT_SIDES[part]} = {formula(GRU_CASE if part.startswith('gru.') else MINIMAL_CASE)}"


class Review:
    """A Case of one short review with its padding, whose states are symbols."""

    lengths = np.array([WORDS])

    @property
    def states(self):
        return np.array([[State(f"h_{t}") for t in range(1, POSITIONS + 1)]], dtype=object)


class State(Symbol):
    """A state; the larger of two is written as such."""

    def __ge__(self, other):
        raise Largest


class Largest(Exception):
    """The states are compared with one another."""


def read_out(formula):
    """Which of the states of a short review is read, or what is made of them."""
    try:
        return str(formula(Review())[0])
    except Largest:
        return f"max(h_1, ..., h_{POSITIONS})"
