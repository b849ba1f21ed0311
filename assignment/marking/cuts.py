"""Where a gradient is cut in what is right in values: by a detach(), .data or no_grad() in one of its lines.

A line that can be tried alone shows its own gradients.  Where it can't be, the cell's gradients are computed anew with
a constant in the place of one value, or of two: what then agrees with the student's says which line it is.
"""

from functools import partial
from itertools import combinations

import numpy as np

from assignment import equations
from assignment.equations import sigmoid
from assignment.marking.specs import T

AT_MOST = 2  # cuts in one cell


def without(name):
    """A Case in which one value is a constant."""
    return lambda c: c.replace(**{name: np.real(getattr(c, name))})


def reading(equation, *names):
    """An equation whose value is right, and whose gradient does not reach what `names` stand for."""

    def cut(c):
        for name in names:
            c = without(name)(c)
        return equation(c)

    return cut


def constant(equation):
    """An equation whose value is right, and has no gradient at all."""
    return lambda c: np.real(equation(c))


def gate_cuts(equation, gate):
    """The ways in which a gate's line loses a gradient."""
    return [
        reading(equation, "h"),
        reading(equation, "x"),
        lambda c: sigmoid(getattr(c, f"W_{gate}")(c.x) + np.real(getattr(c, f"U_{gate}")(c.h))),
        constant(equation),
    ]


CUTS = {
    "gru.update_gate": gate_cuts(equations.update_gate, "z"),
    "gru.reset_gate": gate_cuts(equations.reset_gate, "r"),
    "gru.candidate": [
        reading(equations.candidate, "h"),
        reading(equations.candidate, "x"),
        reading(equations.candidate, "r"),
        reading(equations.candidate, "r", "h"),
        lambda c: np.tanh(c.W_h(c.x) + np.real(c.U_h(c.r * c.h))),
        constant(equations.candidate),
    ],
    "gru.new_state": [
        reading(equations.new_state, "h"),
        reading(equations.new_state, "z"),
        reading(equations.new_state, "candidate"),
        constant(equations.new_state),
    ],
}

UPDATE_CUTS = [  # of the vanilla RNN's new state
    reading(equations.hidden_update, "h"),
    reading(equations.hidden_update, "x"),
    lambda c: np.tanh(c.Wx(c.x) + np.real(c.Wh(c.h))),
    lambda c: np.tanh(np.real(c.Wx(c.x)) + c.Wh(c.h)),
    constant(equations.hidden_update),
]


def classify_constant_words(c, cell):
    """Scores whose gradient does not reach the embedding."""
    return c.fc(equations.states(c, cell, np.real(equations.embed(c)))[:, -1])


LOOP_CUTS = [classify_constant_words, *(partial(equations.classify_cut, kept=kept) for kept in range(T))]


def cut_cell(cuts):
    """The cell with cut lines: item -> equation."""

    def cell(c):
        formula = equations.EQUATIONS | cuts
        c = c.replace(z=formula["gru.update_gate"](c), r=formula["gru.reset_gate"](c))
        c = c.replace(candidate=formula["gru.candidate"](c))
        return formula["gru.new_state"](c)

    return cell


def cut_lines(has_gradients_of, lines):
    """The sets of lines, at most two together, whose cuts give the student's gradients; the smallest ones.

    has_gradients_of(equation)  whether the student's gradients are those of a cell
    lines                       the items that may be at fault
    """
    for count in range(1, AT_MOST + 1):
        found = {
            frozenset(chosen)
            for chosen in combinations(lines, count)
            for cuts in ways(chosen)
            if has_gradients_of(cut_cell(cuts))
        }
        if found:
            return found
    return set()


def ways(lines):
    """Every choice of one cut for each of some lines."""
    if not lines:
        yield {}
        return
    for rest in ways(lines[1:]):
        for cut in CUTS[lines[0]]:
            yield {lines[0]: cut, **rest}
