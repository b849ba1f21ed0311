"""What the test cells of a course system compare with: the notebook's own numbers, others that nobody has seen, and
the marker's short trainings.
"""

import json
import zlib

import numpy as np

from assignment.check_cases import class_checks, fixed_arrays
from assignment.marking import learning
from assignment.marking.specs import gru_model_spec, vanilla_rnn_spec
from assignment.misconceptions import CATALOGUE
from grading.mark.marking import CREDITS, OPTIONS

TRAININGS = {"rnn.learns": vanilla_rnn_spec, "gru.learns": gru_model_spec}
LOOPS = {"rnn.model": ("rnn.step_input", "rnn.hidden_update")}  # the items of a step's input, and of its update
RANGES = {"z": (0.05, 0.95), "r": (0.05, 0.95), "h": (-0.9, 0.9), "candidate": (-0.9, 0.9)}  # what each can be
WIDEST = (-1.5, 1.5)
DIGITS = 2
PARTS = ("graded_checks.py",)  # the sources of the test cells' module, beside the engine's own


def earning(room):
    """EARNING of graded_checks.py, ready for JSON."""
    credit = CREDITS[room.option("convention_credit", OPTIONS["convention_credit"])]
    shares = {
        item_id: {entry.id: credit for entry in CATALOGUE.of(item_id) if entry.convention and not entry.right}
        for item_id in room.items
    }
    return {
        "words": room.words.tables["test_cells"],
        "points": {item.id: item.points for item in room.items.values() if item.points},
        "shares": {item_id: known for item_id, known in shares.items() if known and credit},
        "loops": {item_id: loop(room, *parts) for item_id, parts in LOOPS.items()},
        "trainings": {item_id: training(room, item_id) for item_id in TRAININGS if item_id in room.items},
    }


def loop(room, step_input, update):
    """How a loop over the student's own update is asked for: `fed` is the name that takes the input of a step."""
    name = room.items[step_input].local_name
    return {"target": room.items[update].target, "input_name": name, "fed": name, "carry": True}


def training(room, item_id):
    """One short training as the marker does it: the same texts, the same first weights, the same threshold."""
    spec = TRAININGS[item_id](*learning.SIZES)
    task = learning.TASKS[spec.name]
    random = np.random.default_rng(learning.SEED)
    for count in (task.steps * learning.BATCH, learning.HELD_BACK):  # drawn first: the weights come after them
        learning.documents(random, count, task.length)
    weights = learning.initial_weights(random, {f"{name}.weight": shape for name, shape in spec.layers.items()})
    sentence = room.words.tables["saw"]["accuracy"]
    said = {"accuracy": "{accuracy}", "held_back": learning.HELD_BACK, "threshold": learning.threshold(spec.name)}
    return {
        "title": room.words.item(item_id, "title"),
        "points": room.items[item_id].points,
        "said": sentence.format(**said),
        "seed": learning.SEED,
        "words": learning.WORDS,
        "classes": learning.CLASSES,
        "length": task.length,
        "steps": task.steps,
        "held_back": learning.HELD_BACK,
        "threshold": learning.threshold(spec.name),
        "weights": {name: array.tolist() for name, array in weights.items()},
        "facts": {
            "class": spec.name,
            "sizes": list(spec.sizes),
            "hidden_size": spec.hidden_size,
            "learning_rate": task.learning_rate,
            "batch_size": learning.BATCH,
        },
    }


def unseen(room):
    """item id -> the table of its class with this item alone, as JSON on one line, for numbers that are in no release.

    Of the known mistakes only those are kept that earn something.
    """
    shares = earning(room)["shares"]
    tables = {}
    for checks in class_checks(room, other_arrays(fixed_arrays(room))).values():
        for item in checks["items"]:
            kept = [reading for reading in item.get("readings", []) if reading[0] in shares.get(item["id"], {})]
            own = item | {"readings": kept} if "readings" in item else item
            whole = checks.get("whole")
            table = {"items": [own], "whole": whole and {**whole, "readings": []}}
            tables[item["id"]] = json.dumps(table, ensure_ascii=True)
    return tables


def other_arrays(fixed):
    """Arrays of the same names and shapes with other numbers; the same ones for the same names."""
    return {
        class_name: {name: other(f"{class_name}.{name}", array) for name, array in arrays.items()}
        for class_name, arrays in fixed.items()
    }


def other(name, array):
    """Another array in the place of `array`, drawn by its name: word indices stay word indices."""
    random = np.random.default_rng(zlib.crc32(name.encode()))
    array = np.array(array)
    if array.dtype.kind == "i":
        return random.permuted(array, axis=1).tolist()
    low, high = RANGES.get(name.partition(".")[2], WIDEST)
    return np.round(random.uniform(low, high, array.shape), DIGITS).tolist()
