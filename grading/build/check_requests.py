"""What the notebook's checks are made of: for each item a request, the right numbers, and known wrong ones.

A room's `check_cases` fills these in from its equations.  All biases are zero there, so that one bias, two or none give
the same numbers.
"""

import numpy as np

from grading.mark.case import gradients

DIGITS = 6


def words_said(room, classes):
    """The sentences that check(...) may say, with places, in the room's language."""
    tables = room.words.tables
    known = {name for checks in classes.values() for item in checks["items"] for name, _ in item.get("readings", [])}
    known |= {"layer-sizes-swapped", "layer-size-wrong"}
    said = {key: tables["saw"][key] for key in ("numbers", "shape", "one_number")}
    said |= {"no_name": tables["cause"]["unknown"], "stopped": tables["perhaps"]["error"]}
    misconceptions = {
        name: [tables["misconceptions"][name][key].format_map(Places()) for key in ("cause", "question")]
        for name in sorted(known)
    }
    return tables["notebook"] | tables["labels"] | said | {"misconceptions": misconceptions}


class Places(dict):
    """Leaves the places of a sentence open."""

    def __missing__(self, place):
        return f"{{{place}}}"


def right(remark, equation, case, probe, names):
    """[remark, numbers, gradients by the skeleton's names] of an equation that is right."""
    slopes = gradients(equation, case, probe, names)
    return [remark, rounded(equation(case)), {names[name]: rounded(slope) for name, slope in slopes.items()}]


def probe_like(array):
    """Fixed weights for the numbers of an output, for a gradient of their sum."""
    return np.resize([1.0, -0.5, 0.25, 2.0, -1.5], np.shape(array))


def request_for(class_name, sizes, hidden_size):
    """How a request names a class and the sizes of its object."""
    return {"class": class_name, "sizes": list(sizes), "hidden_size": hidden_size}


def words_of(room, item_id):
    """What a check prints about an item."""
    item = room.items[item_id]
    return {
        "id": item_id,
        "title": room.words.item(item_id, "title"),
        "points": item.points,
        "equation": room.words.expected(item),
        "prompt": room.words.prompt(item),
        "question": room.words.item(item_id, "question"),
        "method": item.method,
        "target": item.local_name,
        "has_blank": bool(item.blank),
        "needs": [],
    }


def layers_check(room, item_id, size, layers):
    return words_of(room, item_id) | {"operation": "layers", "sizes": size, "layers": layers}


def blank_check(room, item_id, case, request, blank, catalogue):
    """One blank alone, with fixed numbers.  `request` names the class and its sizes: see `request_for`."""
    item = room.items[item_id]
    arrays = {f"given:{key}": value.tolist() for key, value in blank.given.items() if isinstance(value, np.ndarray)}
    arrays |= {f"argument:{key}": value.tolist() for key, value in blank.arguments.items()}
    numbers = {key: value for key, value in blank.given.items() if not isinstance(value, np.ndarray)}
    probe = probe_like(blank.equation(case))
    readings = [
        [entry.id, computed]
        for entry in catalogue.of(item_id)
        if (computed := compute(entry.formula, case)) is not None
    ]
    return words_of(room, item_id) | {
        "operation": "statement",
        "arrays": weights(case) | arrays | {"probe": probe.tolist()},
        "facts": request | {"target": item.target} | {"numbers": numbers} | blank.request(),
        "right": [right("", blank.equation, case, probe, blank.names)],
        "readings": readings,
    }


def weights(case):
    """The case's weights as a request names them; the biases that a student has are zero then."""
    arrays = {}
    for name, (weight, _) in case.layers.items():
        arrays[f"weight:{name}.weight"] = weight.tolist()
    return arrays


def compute(formula, case):
    try:
        return rounded(formula(case))
    except (IndexError, ValueError):  # this mistake can't be made at these sizes
        return None


def rounded(array):
    return np.round(array, DIGITS).tolist()
