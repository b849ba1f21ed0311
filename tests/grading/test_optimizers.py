"""Optimizers work without torch's compiler, and compute what they compute with it."""

import json
import subprocess
import sys

import pytest

PROGRAM = """
import json, sys
import torch
from grading.sandbox.optimizers import leave_the_compiler_out

if sys.argv[1] == "without":
    leave_the_compiler_out()


def steps_of(name):
    weight = torch.nn.Parameter(torch.linspace(-1.0, 1.0, 6).reshape(2, 3))
    optimizer = getattr(torch.optim, name)([weight], lr=0.05)
    modes = []
    optimizer.register_step_pre_hook(lambda *_: modes.append(torch.is_grad_enabled()))
    for _ in range(3):
        optimizer.zero_grad()
        (weight**2).sum().backward()
        optimizer.step()
    modes.append(torch.is_grad_enabled())
    closure = float(optimizer.step(lambda: (weight**2).sum().detach()))
    return {"weight": weight.tolist(), "modes": modes, "state": str(optimizer.state_dict()), "closure": closure}


found = {name: steps_of(name) for name in sys.argv[2:]}
print(json.dumps(found | {"compiler": "torch._dynamo" in sys.modules}))
"""
NAMES = ("Adam", "SGD")


@pytest.fixture(scope="module")
def found():
    """way -> what both optimizers did, and whether the compiler was there; a process each: an import is for good."""
    words = {way: [sys.executable, "-c", PROGRAM, way, *NAMES] for way in ("without", "with")}
    return {
        way: json.loads(subprocess.run(words[way], capture_output=True, text=True, check=True).stdout) for way in words
    }


def test_optimizers_import_no_compiler(found):
    assert (found["without"]["compiler"], found["with"]["compiler"]) == (False, True)


@pytest.mark.parametrize("name", NAMES)
def test_an_optimizer_computes_the_same(found, name):
    assert found["without"][name] == found["with"][name]
