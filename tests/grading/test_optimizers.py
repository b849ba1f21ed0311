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
weight = torch.nn.Parameter(torch.linspace(-1.0, 1.0, 6).reshape(2, 3))
optimizer = getattr(torch.optim, sys.argv[2])([weight], lr=0.05)
modes = []
optimizer.register_step_pre_hook(lambda *_: modes.append(torch.is_grad_enabled()))
for _ in range(3):
    optimizer.zero_grad()
    (weight**2).sum().backward()
    optimizer.step()
modes.append(torch.is_grad_enabled())
print(json.dumps({
    "weight": weight.tolist(), "modes": modes, "state": str(optimizer.state_dict()),
    "compiler": "torch._dynamo" in sys.modules, "closure": float(optimizer.step(lambda: (weight**2).sum().detach())),
}))
"""


def found(way, name):
    process = subprocess.run([sys.executable, "-c", PROGRAM, way, name], capture_output=True, text=True, check=True)
    return json.loads(process.stdout)


@pytest.mark.parametrize("name", ["Adam", "SGD"])
def test_an_optimizer_computes_the_same_and_imports_no_compiler(name):
    without, with_compiler = found("without", name), found("with", name)
    assert (without.pop("compiler"), with_compiler.pop("compiler")) == (False, True)
    assert without == with_compiler
