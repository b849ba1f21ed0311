"""The fixed numbers of the notebook's checks: computed from the equations, for inputs and weights that are data.

All biases are zero, so that one bias, two or none give the same numbers.
"""

import json

import numpy as np

from assignment import equations
from assignment.marking.blanks import CELL_NAMES, cell_blank, hidden_update_blank, step_input_blank
from assignment.marking.gru_cell import EXCHANGED
from assignment.marking.loops import HEADS, LOOP, RIGHT_HEADS, walk
from assignment.misconceptions import CATALOGUE
from grading.build.check_requests import (
    blank_check,
    layers_check,
    probe_like,
    request_for,
    right,
    rounded,
    weights,
    words_of,
    words_said,
)
from grading.mark.case import Case


def exchanged_gru_cell(c):
    """The cell with the two gates' layers under each other's names: an exact GRU, too."""
    return equations.gru_cell(c.with_layers({name: c.layers[EXCHANGED.get(name, name)] for name in c.layers}))


CELLS = (equations.gru_cell, exchanged_gru_cell)  # both right


def check_data(room):
    """What check(...) needs, ready for JSON: the words that it says, and for each class its items.

    An item has its request, the right numbers, and known wrong ones by the id of the misconception.
    """
    classes = class_checks(room, fixed_arrays(room))
    return {"words": words_said(room, classes), "classes": classes}


def fixed_arrays(room):
    """class name -> {name: nested lists}: the inputs and weights that students see."""
    return json.loads((room.path / "fixed_arrays.json").read_text(encoding="utf-8"))


def class_checks(room, arrays):
    """class name -> its items, for these inputs and weights."""
    return {
        "VanillaRNN": vanilla_rnn_checks(room, arrays["VanillaRNN"]),
        "GRUCell": gru_cell_checks(room, arrays["GRUCell"]),
        "GRUModel": {"items": gru_model_checks(room, arrays["GRUModel"])},
    }


def vanilla_rnn_checks(room, fixed):
    case = case_of(fixed, "tokens", "x", "h").replace(t=1, hidden_size=len(fixed["Wh.weight"]))
    case = case.replace(embedded=equations.embed(case))
    size = sizes(fixed)
    request = request_for("VanillaRNN", size, hidden_size(size))
    model = model_check(room, "rnn.model", case, size, equations.hidden_update)
    items = [
        layers_check(room, "rnn.layers", size, {"Wx": size[1:3], "Wh": [size[2]] * 2, "fc": size[2:]}),
        blank_check(room, "rnn.step_input", case, request, step_input_blank(case), CATALOGUE),
        blank_check(room, "rnn.hidden_update", case, request, hidden_update_blank(case), CATALOGUE),
        model,
    ]
    return {"items": items, "whole": {key: model[key] for key in ("operation", "arrays", "facts", "right", "readings")}}


def gru_cell_checks(room, fixed):
    case = case_of(fixed, *CELL_NAMES)
    inner, outer = len(fixed["W_z.weight"][0]), len(fixed["W_z.weight"])
    layers = {name: [outer if name[0] == "U" else inner, outer] for name in case.layers}
    request = request_for("GRUCell", [inner, outer], outer)
    checks = [layers_check(room, "gru.layers", [inner, outer], layers)]
    for item_id in ("gru.update_gate", "gru.reset_gate", "gru.candidate", "gru.new_state"):
        checks.append(blank_check(room, item_id, case, request, cell_blank(room.items[item_id], case), CATALOGUE))
    probe = probe_like(case.h)
    arrays = weights(case) | {"x": fixed["x"], "h_prev": fixed["h"], "probe": probe.tolist()}
    names = {"x": "x", "h": "h_prev"} | {f"{layer}.weight": f"{layer}.weight" for layer in case.layers}
    whole = {
        "operation": "step",
        "arrays": arrays,
        "facts": request,
        "right": [right("", equation, case, probe, names) for equation in CELLS],
        "readings": [],
    }
    return {"items": checks, "whole": whole}


def gru_model_checks(room, fixed):
    case = case_of(fixed, "tokens").replace(hidden_size=len(fixed["gru_cell.A.weight"]))
    size = sizes(fixed)
    stand_in = {"class": "GRUCell", "name": "gru_cell", "sizes": size[1:3]}
    return [model_check(room, "gru.unroll", case, size, equations.stand_in_cell, stand_in=stand_in)]


def case_of(fixed, *values):
    """A Case of fixed arrays; what is not a value is a weight."""
    weights = {
        name.removesuffix(".weight"): np.array(array) for name, array in fixed.items() if name.endswith(".weight")
    }
    return Case(
        {name: np.array(fixed[name]) for name in values}, {name: (array, None) for name, array in weights.items()}
    )


def sizes(fixed):
    """vocab_size, embedding_dim, hidden_size, output_size."""
    embedding, head = np.array(fixed["embedding.weight"]), np.array(fixed["fc.weight"])
    return [*embedding.shape, head.shape[1], head.shape[0]]


def model_check(room, item_id, case, size, cell, **facts):
    """The loop and the output: every known way to walk over a text and read it out."""
    item = room.items[item_id]

    def states_of(steps, carry):
        return equations.states(case, cell, steps(equations.embed(case)), carry)

    def output(entry):
        return rounded(walk({entry.part: entry}, equations.embed(case), states_of, case.fc))

    def head_of(head):
        return lambda c: HEADS[head](equations.classify(c, cell))

    probe = probe_like(equations.classify(case, cell))
    names = {f"{layer}.weight": f"{layer}.weight" for layer in case.layers if layer != "embedding"}  # 0 may be padding
    wrong = [[e.id, output(e)] for part in LOOP for e in CATALOGUE.of(part) if not e.right]
    remarks = {None: "", **{head: room.words.say("saw", said) for head, said in RIGHT_HEADS.items() if head}}
    needed = [other.id for other in room.items.values() if other.blank and other.class_name == item.class_name]
    return words_of(room, item_id) | {
        "operation": "forward",
        "arrays": weights(case) | {"x": case.tokens.tolist(), "probe": probe.tolist()},
        "facts": request_for(item.class_name, size, hidden_size(size)) | facts,
        "right": [right(remarks[head], head_of(head), case, probe, names) for head in RIGHT_HEADS],
        "readings": wrong,
        "needs": [other for other in needed if other != item_id],
    }


def hidden_size(size):
    return size[-1] if len(size) == 2 else size[2]
