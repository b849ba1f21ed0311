"""What a receipt shows by hand: for each rubric item whose verdict is about numbers, one entry of the test, computed.

For instructors only.  A `Working` holds what the marker gave to the student's class, drawn anew by name, as far as one
entry needs it: layers under the handout's names alone, of which only one row is kept where no other is read.
"""

from contextlib import suppress
from itertools import product

import numpy as np

from assignment import equations
from assignment.equations import EQUATIONS
from assignment.marking.gru_cell import given_values
from assignment.marking.specs import CELL, GRU_CELL, VANILLA_RNN, B, E, H, O, T, V, loop_spec
from assignment.marking.vanilla_rnn import LONGER, LONGER_STEP
from assignment.misconceptions import CATALOGUE
from grading.mark.case import Case
from grading.mark.module import drawn_tokens, drawn_values
from grading.report.working import Working, WrongWay

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
    yield Working(values, {}, (("x", lambda c: c.embedded[c.t]),), wrong=tuple(wrong_slices(item_id)))


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
    yield whole_model(layers, layer(VANILLA_RNN, "embedding")[0][tokens], equations.hidden_update, unit)


def loop_over_known_cell(item_id, row, unit):
    """The same for the GRU's loop, with the marker's stand-in for the cell: sin(A x) + half of h, turned."""
    if row >= B or unit >= O:
        return
    spec = loop_spec(V, E, H, O)
    tokens = drawn_tokens("gru.tokens", V, B, T)[row]
    layers = {"A": layer(spec, f"{CELL}.A"), "fc": layer(spec, "fc")}
    yield whole_model(layers, layer(spec, "embedding")[0][tokens], lambda c: np.sin(c.A(c.x)) + 0.5 * c.h[::-1], unit)


def whole_model(layers, words, update, unit):
    """The Working of one score: `update` over the words from a zero state h; a mistake walks from a zero state g."""
    values = dict(zip(WORDS, words, strict=True)) | {"h": np.zeros(H), "g": np.zeros(H)}
    lines = (*walked("h", WORDS, update), ("y", lambda c: c.fc(c.h)))
    return Working(values, layers, lines, unit, wrong=(*wrong_walks(update), *wrong_heads()))


def walked(state, words, update):
    """The lines of a walk over some words with a state of that name."""
    return tuple(
        (state, lambda c, word=word: update(c.replace(x=getattr(c, word), h=getattr(c, state)))) for word in words
    )


def wrong_slices(part):
    """Each mistake that reads another word of the document, found by what its formula does to the words' numbers."""
    case = Case({"embedded": np.arange(LONGER).reshape(1, LONGER, 1), "t": LONGER_STEP}, {})
    for entry in CATALOGUE.of(part):
        with suppress(IndexError):  # it reads along another axis
            place = int(entry.formula(case).item())
            yield WrongWay(entry.id, lambda c, place=place: c.embedded[place])


def wrong_walks(update):
    """Each mistake of a loop that comes to a walk over other words, found by what its formula does."""
    numbers, states = np.arange(T).reshape(1, T, 1), np.eye(T)[None]  # a state for each word, told apart
    read = [(entry.id, entry.formula(numbers).ravel()) for entry in CATALOGUE.of("steps")]
    read += [(entry.id, [T - 1]) for entry in CATALOGUE.of("carry") if not entry.formula(np.ones(1)).any()]
    for entry in CATALOGUE.of("read_out"):
        taken = entry.formula(states).ravel()
        if np.isin(taken, (0, 1)).all():  # one state, or none: the walk ends there
            read.append((entry.id, range(int(taken.argmax()) + 1 if taken.any() else 0)))
    for name, places in read:
        yield WrongWay(name, lambda c: c.fc(c.g), walked("g", [WORDS[place] for place in places], update))


def wrong_heads():
    """Each mistake that squashes the scores."""
    return [WrongWay(e.id, lambda c, squash=e.formula: squash(c.fc(c.h))) for e in CATALOGUE.of("head")]


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
