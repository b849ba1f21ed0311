"""The golden numbers and what they are compared with, in NumPy alone: `grade` asks this before it marks.

`golden.json` has the outputs and gradients of the solution's classes for the inputs and weights of `fixed_arrays.json`,
in every convention.  The marker compares with the equations of `equations.py`, which nobody derived from that source.
"""

import json
from hashlib import sha256
from pathlib import Path

import numpy as np

from assignment import equations
from assignment.check_cases import case_of, fixed_arrays, probe_like
from assignment.convention import CONVENTION
from assignment.references.kept import read_json
from grading.mark.case import gradients
from grading.mark.sources import DIGITS, digest_of_code
from grading.room import REPOSITORY

GOLDEN = Path(__file__).resolve().parent / "golden.json"
SOURCES = [REPOSITORY / "assignment" / name for name in ("equations.py", "convention.py", "fixed_arrays.json")]
DECIMALS = 12
SAME = 1e-10  # two computations in float64 of a few hundred operations differ by less
EQUATIONS = {"VanillaRNN": equations.vanilla_rnn, "GRUCell": equations.gru_cell, "GRUModel": equations.gru}


def cases(room):
    """class name -> the Case of its fixed inputs and weights.  All biases are zero."""
    arrays = fixed_arrays(room)
    rnn, cell, model = arrays["VanillaRNN"], arrays["GRUCell"], arrays["GRUModel"]
    cell_weights = {f"gru_cell.{name}": array for name, array in cell.items() if name.endswith(".weight")}
    whole = {name: array for name, array in model.items() if "gru_cell" not in name} | cell_weights
    hidden = len(rnn["Wh.weight"])
    return {
        "VanillaRNN": case_of(rnn, "tokens", "x", "h").replace(hidden_size=hidden),
        "GRUCell": case_of(cell, "x", "h", "z", "r", "candidate"),
        "GRUModel": case_of(whole, "tokens").replace(hidden_size=hidden),
    }


def name_of(convention):
    """A convention as a key: `reset=before, update=candidate`."""
    return ", ".join(f"{name}={value}" for name, value in sorted(convention.items()))


def made_from():
    """The files that decide the outputs, but for the notebook's own source, with their digests."""
    return {path.relative_to(REPOSITORY).as_posix(): digest(path) for path in SOURCES}


def digest(path):
    return digest_of_code(path) if path.suffix == ".py" else sha256(path.read_bytes()).hexdigest()[:DIGITS]


def furthest(found, expected):
    """The largest distance of numbers from those expected, in units of 1 + |expected|, as the tolerance has it."""
    return max(
        float((np.abs(got - right) / (1 + np.abs(right))).max())
        for name in expected
        for got, right in pairs(found[name], expected[name])
    )


def pairs(found, expected):
    yield found["output"], expected["output"]
    yield from ((found["gradients"][name], right) for name, right in expected["gradients"].items())


def disagreements(room):
    """Where the marker's own equations give other numbers than golden.json has for the course's convention.

    A sentence each, the first of them naming the files that have changed since.
    """
    kept = read_json(GOLDEN, "outputs", "made_from")
    if kept is None:
        return [f"{GOLDEN.name} is not there"]
    found = numbers_that_differ(room, kept)
    changed = [name for name, digest in made_from().items() if kept["made_from"].get(name) != digest]
    return [f"changed since golden.json was made: {', '.join(changed)}", *found] if found and changed else found


def numbers_that_differ(room, kept, whose="golden.json"):
    """Where the marker's own equations give other numbers than `kept`, which is `whose`."""
    own = kept["outputs"].get(name_of(CONVENTION))
    if own is None:
        return [f"golden.json has no outputs for the convention {name_of(CONVENTION)}"]
    found = []
    for name, case in cases(room).items():
        expected = own[name]
        output = EQUATIONS[name](case)
        probe = probe_like(output)
        arrays = {f"{layer}.weight": f"{layer}.weight" for layer in case.layers}
        slopes = gradients(EQUATIONS[name], case, probe, arrays)
        now = {"output": output, "gradients": slopes}
        if furthest_of_lists({name: expected}, as_lists({"": {name: now}})[""]) > SAME:
            found.append(f"the equations of {name} give other numbers than {whose} has")
    return found


def furthest_of_lists(found, expected):
    """As `furthest`, of what JSON holds; infinite where something is missing or of another shape."""
    try:
        return max(furthest({name: as_arrays(found[name])}, {name: as_arrays(part)}) for name, part in expected.items())
    except (KeyError, TypeError, ValueError):
        return float("inf")


def as_arrays(part):
    return {
        "output": np.array(part["output"]),
        "gradients": {name: np.array(rows) for name, rows in part["gradients"].items()},
    }


def as_lists(stored):
    """Arrays as nested lists of rounded numbers."""
    return json.loads(json.dumps(stored, default=lambda array: np.round(array, DECIMALS).tolist()))
