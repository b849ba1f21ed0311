"""Golden outputs: what the solution's classes give for fixed inputs and weights, in every convention, in float64.

`golden.json` also has what the marker's tolerance lies between: how far float32 strays, for each version of torch that
was tried, and how near the nearest misconception comes.
"""

import itertools
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import torch

from assignment import equations
from assignment.check_cases import probe_like
from assignment.many_seeds.origin import machine
from assignment.misconceptions import CATALOGUE
from assignment.references.golden_numbers import (
    EQUATIONS,
    GOLDEN,
    SAME,
    as_lists,
    cases,
    furthest,
    furthest_of_lists,
    made_from,
    name_of,
    numbers_that_differ,
)
from assignment.references.kept import GENERATED, DamagedReference, read_json, significant, write_json
from grading.mark.agreement import ABSOLUTE, RELATIVE

MARGIN = 10  # the tolerance is so many times what float32 strays, and a misconception so many times the tolerance
INPUTS = {"VanillaRNN": ("tokens",), "GRUCell": ("x", "h"), "GRUModel": ("tokens",)}
BLANKS = ("rnn.hidden_update", "gru.update_gate", "gru.reset_gate", "gru.candidate", "gru.new_state")


def conventions(room):
    """Every convention that a course may teach."""
    return [dict(zip(room.choices, values, strict=True)) for values in itertools.product(*room.choices.values())]


def outputs(classes, own_cases, dtype):
    """class name -> {"output": ..., "gradients": {weight: ...}} of torch classes, as float64 arrays.

    The gradients are those of the sum of the outputs, weighed by fixed numbers.
    """
    with default_dtype(dtype):  # the classes make their first state in it
        return {name: output_of(classes[name], name, case) for name, case in own_cases.items()}


@contextmanager
def default_dtype(dtype):
    before = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        yield
    finally:
        torch.set_default_dtype(before)


def output_of(kind, name, case):
    """The output of one class and its gradients, with the weights of a Case."""
    model = kind(*sizes_of(name, case))
    dtype = torch.get_default_dtype()
    weights = {f"{layer}.weight": torch.as_tensor(pair[0], dtype=dtype) for layer, pair in case.layers.items()}
    biases = {key: torch.zeros_like(value) for key, value in model.state_dict().items() if key not in weights}
    model.load_state_dict(weights | biases)
    inputs = [torch.as_tensor(case.values[key]) for key in INPUTS[name]]
    inputs = [each if each.dtype == torch.int64 else each.to(dtype) for each in inputs]
    output = model(*inputs)
    (output * torch.as_tensor(probe_like(output.detach().numpy()), dtype=dtype)).sum().backward()
    parameters = dict(model.named_parameters())
    return {
        "output": output.detach().double().numpy(),
        "gradients": {key: parameters[key].grad.double().numpy() for key in weights},
    }


def sizes_of(name, case):
    """What a class is made with to have the case's weights."""
    if name == "GRUCell":
        return case.layers["W_z"][0].shape[::-1]
    embedding, head = case.layers["embedding"][0], case.layers["fc"][0]
    return (*embedding.shape, head.shape[1], head.shape[0])


def solution_classes(room, convention):
    """The torch classes of the solution, as the source has them in a convention."""
    from grading.build.solution import solution_files
    from grading.sandbox.student_module import load_module

    files = solution_files(replace(room, convention=convention))
    found = {}
    for name, content in files.items():
        found |= vars(load_module(name, content, "whole"))
    return {name: found[name] for name in EQUATIONS}


def measured(room):
    """What golden.json holds, but for what earlier versions of torch strayed."""
    own_cases = cases(room)
    stored, strayed = {}, 0.0
    for convention in conventions(room):
        classes = solution_classes(room, convention)
        exact = outputs(classes, own_cases, torch.float64)
        strayed = max(strayed, furthest(outputs(classes, own_cases, torch.float32), exact))
        stored[name_of(convention)] = exact
    return {
        "generated": GENERATED,
        "made_from": made_from(),
        "tolerance": {"absolute": ABSOLUTE, "relative": RELATIVE},
        "float32 strays": {machine(): significant(strayed)},
        "nearest misconception": nearest(own_cases),
        "outputs": as_lists(stored),
    }


def nearest(own_cases):
    """The wrong formula of a cell's line that comes nearest to the right one on the fixed arrays, and how near."""
    found = []
    for item_id in BLANKS:
        case = own_cases["VanillaRNN" if item_id.startswith("rnn.") else "GRUCell"]
        right = equations.EQUATIONS[item_id](case)
        for entry in CATALOGUE.of(item_id):
            gap = np.abs(np.asarray(entry.formula(case)) - right).max()
            found.append((significant(gap), item_id, entry.id))
    gap, item_id, name = min(found)
    return {"item": item_id, "misconception": name, "distance": gap}


def make(room, *_, **__):
    """Write golden.json: a sentence.  Versions of torch that were tried on the same outputs keep their rows.

    Raises DamagedReference where the marker's equations are not what the solution computes.
    """
    found = measured(room)
    if wrong := numbers_that_differ(room, found, "the solution"):
        raise DamagedReference(f"{'; '.join(wrong)}: correct assignment/equations.py, or the solution.")
    before = read_json(GOLDEN) or {}
    if before.get("outputs") == found["outputs"]:
        found["float32 strays"] = before["float32 strays"] | found["float32 strays"]
    if found == before:
        yield f"{GOLDEN.name}: current"
        return
    write_json(GOLDEN, found)
    yield f"{GOLDEN.name} written"


def check(room, *_, **__):
    """What golden.json says otherwise than the source does now, a sentence each."""
    kept, now = read_json(GOLDEN), measured(room)
    if kept is None:
        return [f"{GOLDEN.name} is not there"]
    found = [
        f"golden.json was made with another {name}"
        for name in ("made_from", "tolerance", "nearest misconception")
        if kept.get(name) != now[name]
    ]
    for convention, expected in now["outputs"].items():
        if furthest_of_lists(kept["outputs"].get(convention), expected) > SAME:
            found.append(f"the solution ({convention}) gives other numbers than golden.json has")
    strayed = max(now["float32 strays"].values())
    nearest_now = now["nearest misconception"]["distance"]
    if not strayed * MARGIN < ABSOLUTE:
        found.append(f"float32 strays by {strayed:g} here, too near to the tolerance of {ABSOLUTE:g}")
    if not nearest_now > ABSOLUTE * MARGIN:
        found.append(f"the nearest misconception is {nearest_now:g} away, too near to the tolerance of {ABSOLUTE:g}")
    return found
