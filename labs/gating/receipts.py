"""What a receipt shows by hand: one entry of the test of each item, computed.  For instructors only.

A `Working` holds what the marker gave to the student's class, drawn anew by name, as far as one entry needs it.
"""

from itertools import product

import numpy as np

from grading.mark.case import Case
from grading.mark.module import drawn_values
from grading.report.working import Working, WrongWay
from labs.gating.equations import EQUATIONS, GRU_LINES, MGU_LINES
from labs.gating.formulas import STACKED
from labs.gating.marking.cell import given_values
from labs.gating.marking.specs import GRU_CELL, LENGTHS, MINIMAL_CELL, B, E, H, O, T, stand_in_spec
from labs.gating.misconceptions import CATALOGUE

CELLS = {"gru": (GRU_CELL, GRU_LINES), "mgu": (MINIMAL_CELL, MGU_LINES)}
NETWORKS = {"gru.last_state": ("GRUNet", "cells.0"), "mgu.last_state": ("pmGRU", "cell")}
REASONS = {}  # every item's verdict is about numbers


def workings(item_id, row, unit):
    """The Workings that the entry (row, unit), counted from 0, of an item's test may be.

    A line that could not be tried alone was seen in the numbers of the whole, and layers may lack their biases: which
    of them it was, the number that the result calls expected says.
    """
    return [working for make in MAKERS.get(item_id, ()) for working in make(item_id, row, unit)]


def cell_line(item_id, row, unit):
    """One line of a cell, with given values for all that it reads; of the layers, only the rows of one unit."""
    if row >= B or unit >= H:
        return
    spec, lines = CELLS[item_id.partition(".")[0]]
    values = {name: array[row] for name, array in given_values(spec, lines).items()}
    for layers in layers_of(spec, slice(unit, None, H)):
        yield Working(values, layers, (("result", EQUATIONS[item_id]),), unit, item_id, stacked_in(spec))


def whole_cell(item_id, row, unit):
    """A whole step."""
    if row >= B or unit >= H:
        return
    spec, lines = CELLS[item_id.partition(".")[0]]
    given = given_values(spec, lines)
    steps = tuple((name, EQUATIONS[line]) for line, name in lines.items())
    part = item_id if item_id == [*lines][-1] else ""
    for layers in layers_of(spec, slice(None)):
        yield Working({name: given[name][row] for name in "xh"}, layers, steps, unit, part, stacked_in(spec))


def state_read_out(item_id, row, unit):
    """One unit of the state that is read, from given states."""
    if row >= B or unit >= H:
        return
    states = drawn_values(f"{NETWORKS[item_id][0]}.states", B, T + 1, H)[row, :, unit]
    lines = (("last", lambda c: c.states[c.length - 1]),)
    yield Working({"states": states, "length": LENGTHS[row]}, {}, lines, wrong=tuple(wrong_states(item_id, row)))


def wrong_states(item_id, row):
    """Each mistake of reading out, found by what its formula takes of states that are told apart."""
    told_apart = np.tile(np.eye(T + 1), (B, 1, 1))  # (B, positions, H): a unit for each position
    for entry in CATALOGUE.of(item_id):
        taken = entry.formula(Case({"states": told_apart, "lengths": np.array(LENGTHS)}, {}))[row]
        if taken.sum() > 1:
            yield WrongWay(entry.id, lambda c: c.states.max(axis=0, keepdims=False))
        elif taken.max() < 1:
            yield WrongWay(entry.id, lambda c: c.states.sum(axis=0, keepdims=False) / (T + 1))
        else:
            place = int(taken.argmax())
            yield WrongWay(entry.id, lambda c, place=place: c.states[place])


def whole_network(item_id, row, unit):
    """One log-probability of one review, with the marker's stand-in for the cell: sin(A x) + half of h, turned."""
    if row >= B or unit >= O:
        return
    name, place = NETWORKS[item_id]
    spec = stand_in_spec(name, place)
    read = [f"x{t + 1}" for t in range(LENGTHS[row])]
    words = dict(zip(read, drawn_values(f"{name}.words", B, T, E)[row], strict=False))
    steps = [("h", lambda c, word=word: np.sin(c.A(getattr(c, word))) + 0.5 * c.h[::-1]) for word in read]
    lines = (*steps, ("scores", lambda c: c.fc(np.maximum(c.h, 0))), ("y", log_softmax))
    for layers in layers_of(spec, slice(None)):
        yield Working(words | {"h": np.zeros(H)}, {n.rpartition(".")[2]: one for n, one in layers.items()}, lines, unit)


def log_softmax(c):
    return c.scores - np.log(np.exp(c.scores).sum(axis=-1, keepdims=True))


def stacked_in(spec):
    """Which of a cell's layers are stacks, and of what."""
    return {name: names for name, names in STACKED.items() if name in spec.layers}


def layers_of(spec, rows):
    """name -> (weight, bias or None) that the marker gives to layers of the handout's names, for each set of biases."""
    for biases in product((True, False), repeat=len(spec.layers)):
        yield {name: layer(spec, name, rows, bias) for name, bias in zip(spec.layers, biases, strict=True)}


def layer(spec, name, rows, bias):
    shape = spec.layers[name]
    offset = drawn_values(f"{spec.name}.{name}.bias", shape[0])[rows] if bias else None
    return drawn_values(f"{spec.name}.{name}.weight", *shape)[rows], offset


MAKERS = {
    **dict.fromkeys((*GRU_LINES, *MGU_LINES), (cell_line, whole_cell)),
    **dict.fromkeys(NETWORKS, (state_read_out, whole_network)),
}
