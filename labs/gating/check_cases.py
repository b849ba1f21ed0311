"""The fixed numbers of the notebook's checks: computed from the equations, for inputs and weights that are data."""

import numpy as np

from grading.build.check_requests import blank_check, probe_like, request_for, right, weights, words_said
from grading.mark.case import Case
from labs.gating.equations import GRU_LINES, MGU_LINES, cell_values
from labs.gating.marking.specs import NAMES, gru_cell_spec, last_state_blank, line_blank, minimal_cell_spec
from labs.gating.marking.specs import network_spec as network
from labs.gating.misconceptions import CATALOGUE

INNER, HIDDEN = 2, 3
LENGTHS = (2, 3)


def check_data(room):
    """What check(...) needs, ready for JSON: the words that it says, and for each class its items."""
    gru, minimal = gru_cell_spec(INNER, HIDDEN), minimal_cell_spec(INNER, HIDDEN)
    classes = {
        "GRUCell": cell_checks(room, gru, GRU_LINES),
        "GRUNet": network_checks(room, "gru.last_state", network("GRUNet", "cells.0", gru, INNER, HIDDEN)),
        "MinimalGatedCell": cell_checks(room, minimal, MGU_LINES),
        "pmGRU": network_checks(room, "mgu.last_state", network("pmGRU", "cell", minimal, INNER, HIDDEN)),
    }
    return {"words": words_said(room, classes), "classes": classes}


def fixed(start, *shape):
    """Numbers between -1 and 1 that are the same everywhere, no two alike."""
    return np.round(np.sin(start + 1.7 * np.arange(np.prod(shape)) ** 1.3), 2).reshape(shape)


def case_of(spec, **values):
    """A Case with fixed weights, and no biases."""
    return Case(values, {name: (fixed(3 + n, *shape), None) for n, (name, shape) in enumerate(spec.layers.items())})


def cell_checks(room, spec, lines):
    """Each line of a cell, and the cell as a whole."""
    given = {name: (1 + fixed(7 + n, 2, HIDDEN)) / 2 for n, name in enumerate([*lines.values()][:-1])}
    case = case_of(spec, x=fixed(1, 2, INNER), h=fixed(2, 2, HIDDEN), **given)
    request = request_for(spec.name, spec.sizes, spec.hidden_size)
    items = [
        blank_check(room, item_id, case, request, line_blank(room.items[item_id], case), CATALOGUE) for item_id in lines
    ]
    probe = probe_like(case.h)
    names = {"x": "x", "h": NAMES["h"]} | {f"{layer}.weight": f"{layer}.weight" for layer in case.layers}

    def cell(c):
        return cell_values(c, lines).new_state

    whole = {
        "operation": "step",
        "arrays": weights(case) | {"x": case.x.tolist(), "h_prev": case.h.tolist(), "probe": probe.tolist()},
        "facts": request,
        "right": [right("", cell, case, probe, names)],
        "readings": [],
    }
    return {"items": items, "whole": whole}


def network_checks(room, item_id, spec):
    """The state that a network reads out."""
    B, T = len(LENGTHS), max(LENGTHS)
    given = {"words": fixed(1, B, T, INNER), "states": fixed(5, B, T + 1, HIDDEN), "lengths": np.array(LENGTHS)}
    case = case_of(spec, **given)
    request = request_for(spec.name, spec.sizes, spec.hidden_size)
    blank = last_state_blank(room.items[item_id], case)
    return {"items": [blank_check(room, item_id, case, request, blank, CATALOGUE)]}
