"""What a receipt shows by hand: for each rubric item whose verdict is about numbers, one entry of the test, computed.

For instructors only.  A `Working` holds what the marker gave to the student's class, drawn anew by name, as far as one
entry needs it: layers under the handout's names alone, of which only one row is kept where no other is read.
"""

from itertools import product

import numpy as np

from assignment import equations
from assignment.equations import EQUATIONS
from assignment.marking.gru_cell import given_values
from assignment.marking.specs import CELL, GRU_CELL, VANILLA_RNN, B, E, H, O, T, V, loop_spec
from assignment.marking.vanilla_rnn import LONGER, LONGER_STEP
from grading.mark.module import drawn_tokens, drawn_values
from grading.report.working import Working

CELL_INPUTS = {
    "gru.update_gate": ("x", "h"),
    "gru.reset_gate": ("x", "h"),
    "gru.candidate": ("x", "h", "z", "r"),
    "gru.new_state": ("h", "z", "r", "candidate"),
}
CELL_LINES = (("r", "gru.reset_gate"), ("z", "gru.update_gate"), ("candidate", "gru.candidate"))
WORDS = tuple(f"x{t + 1}" for t in range(T))


def workings(item_id, row, unit):
    """The Workings that the entry (row, unit), counted from 0, of an item's test may be; [] for items without numbers.

    A line that could not be tried alone was seen in the numbers of the whole, and layers may lack their biases: which
    of them it was, the number that the result calls expected says.
    """
    return [working for make in MAKERS.get(item_id, ()) for working in make(item_id, row, unit) if working]


def step_input(item_id, row, unit):
    """One coordinate of the embedded words of a document; a step reads one of them."""
    if row >= B or unit >= E:
        return
    tokens = drawn_tokens("rnn.more_tokens", V, B, LONGER)
    table, _ = layer(VANILLA_RNN, "embedding")
    values = {"embedded": table[tokens[row], unit], "t": LONGER_STEP}
    yield Working(values, {}, (("x", lambda c: c.embedded[c.t]),))


def hidden_update(item_id, row, unit):
    if row >= B or unit >= H:
        return
    values = {"x": drawn_values("rnn.x", B, E)[row], "h": drawn_values("rnn.h", B, H)[row]}
    for biases in product((True, False), repeat=2):
        layers = some_layers(VANILLA_RNN, ("Wx", "Wh"), biases, unit)
        yield Working(values, layers, (("h_t", EQUATIONS[item_id]),), unit, item_id)


def cell_line(item_id, row, unit):
    """One line of the cell, with given values for all that it reads."""
    if row >= B or unit >= H:
        return
    values = {name: array[row] for name, array in given_values().items() if name in CELL_INPUTS[item_id]}
    for biases in product((True, False), repeat=2):
        has_bias = dict(zip("WU", biases, strict=True))
        names = tuple(GRU_CELL.layers)
        layers = some_layers(GRU_CELL, names, [has_bias[name[0]] for name in names], unit)
        yield Working(values, layers, (("result", EQUATIONS[item_id]),), unit, item_id)


def whole_cell(item_id, row, unit):
    """A whole step; the candidate reads every unit of the reset gate, so that the gate's layers are whole."""
    if row >= B or unit >= H:
        return
    values = {name: array[row] for name, array in given_values().items() if name in ("x", "h")}
    names = tuple(GRU_CELL.layers)
    layers = {name: layer(GRU_CELL, name) for name in names}
    lines = [(name, EQUATIONS[part]) for name, part in CELL_LINES]
    part = item_id if item_id == "gru.new_state" else ""
    yield Working(values, layers, (*lines, ("h_t", EQUATIONS["gru.new_state"])), unit, part)


def whole_rnn(item_id, row, unit):
    """One score of one document, from a zero state over all of its words."""
    if row >= B or unit >= O:
        return
    tokens = drawn_tokens("rnn.tokens", V, B, T)[row]
    names = ("Wx", "Wh", "fc")
    layers = {name: layer(VANILLA_RNN, name) for name in names}
    words = layer(VANILLA_RNN, "embedding")[0][tokens]
    steps = [("h", lambda c, word=word: equations.hidden_update(c.replace(x=getattr(c, word)))) for word in WORDS]
    yield Working(
        dict(zip(WORDS, words, strict=True)) | {"h": np.zeros(H)}, layers, (*steps, ("y", lambda c: c.fc(c.h))), unit
    )


def loop_over_known_cell(item_id, row, unit):
    """The same for the GRU's loop, with the marker's stand-in for the cell: sin(A x) + half of h, turned."""
    if row >= B or unit >= O:
        return
    spec = loop_spec(V, E, H, O)
    tokens = drawn_tokens("gru.tokens", V, B, T)[row]
    layers = {"A": layer(spec, f"{CELL}.A"), "fc": layer(spec, "fc")}
    words = layer(spec, "embedding")[0][tokens]
    steps = [("h", lambda c, word=word: np.sin(c.A(getattr(c, word))) + 0.5 * c.h[::-1]) for word in WORDS]
    yield Working(
        dict(zip(WORDS, words, strict=True)) | {"h": np.zeros(H)}, layers, (*steps, ("y", lambda c: c.fc(c.h))), unit
    )


def layer(spec, name, unit=None, bias=True):
    """(weight, bias or None) that the marker gives to a layer of the handout's name, or one row of them."""
    rows, columns = spec.layers[name]
    weight = drawn_values(f"{spec.name}.{name}.weight", rows, columns)
    offset = drawn_values(f"{spec.name}.{name}.bias", rows) if bias else None
    kept = slice(None) if unit is None else slice(unit, unit + 1)
    return weight[kept], None if offset is None else offset[kept]


def some_layers(spec, names, biases, unit):
    return {name: layer(spec, name, unit, bias) for name, bias in zip(names, biases, strict=True)}


MAKERS = {
    "rnn.step_input": (step_input, whole_rnn),
    "rnn.hidden_update": (hidden_update, whole_rnn),
    "rnn.model": (whole_rnn,),
    **dict.fromkeys(CELL_INPUTS, (cell_line, whole_cell)),
    "gru.unroll": (loop_over_known_cell,),
}

REASONS = {  # items whose verdicts are about no one number: what is said in the place of a computation
    **dict.fromkeys(("rnn.layers", "gru.layers"), "layers"),
    **dict.fromkeys(("rnn.learns", "gru.learns"), "learns"),
}
