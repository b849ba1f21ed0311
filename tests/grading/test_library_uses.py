"""Ready-made layers are read off the path that is marked, and so are the ways to hide one; nothing else is."""

import ast
import textwrap

import pytest

from grading.sandbox.library_uses import library_uses

CLASS = """
class VanillaRNN(nn.Module):
    def __init__(self):
        self.cell = self.gru

    def forward(self, x):
        for t in range(x.size(1)):
            h = step(getattr(self, f"W_{t}")(x), self.ops, h)
        return self.eval().fc(h)
"""


def seen(before):
    return [name for _, name in library_uses(ast.parse(textwrap.dedent(before) + CLASS), "VanillaRNN")]


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("def step(*a):\n    return torch.gru_cell(*a)", ["gru_cell"]),
        ("step = nn.RNNCell(4, 6)", ["RNNCell"]),
        ("from torch import gru_cell as step", ["gru_cell"]),
        ("cell = nn.GRUCell\nstep = cell", ["GRUCell"]),
        ("step = getattr(torch, 'rnn_' + 'tanh_cell')", ["getattr(torch, 'rnn_' + 'tanh_cell')"]),
        ("step = getattr(torch, 'gru_cell')", ["getattr(torch, 'gru_cell')"]),
        ("step = torch.ops.mine.step", ["ops"]),
        ("made = torch.jit.CompilationUnit('...')\nstep = made.step", ["CompilationUnit"]),
        ("step = torch.jit.trace(f, given)", ["trace"]),
        ("step = eval('torch.' + name)", ["eval('torch.' + name)"]),
        ("import importlib\nstep = importlib.import_module(name).x", ["import_module"]),
        ("from importlib import import_module\nstep = import_module(name)", ["import_module"]),
        ("step = vars(torch)[name]", ["vars(torch)"]),
        ("step = torch.__dict__[name]", ["__dict__"]),
        ("with open('x') as step:\n    torch._C.y()", ["_C"]),
        ("(step, other) = nn.GRU, 1", ["GRU"]),
        ("from torch import *\nstep = rnn_tanh_cell", ["rnn_tanh_cell"]),
        ("match torch:\n    case object(rnn_tanh_cell=step):\n        pass", ["rnn_tanh_cell"]),
        ("import pkgutil\nstep = pkgutil.resolve_name('torch:gru')", ["resolve_name"]),
        ("for kind in Mode.__subclasses__():\n    kind.note = None", ["__subclasses__"]),
        ("import sys\nframe = sys._getframe()", ["_getframe"]),
        ("def f():\n    return f.__code__", ["__code__"]),
        ("t = getattr(torch, a + b)", ["getattr(torch, a + b)"]),
        ("def put(place):\n    exec(text)\nput(torch)", ["exec(text)"]),
        ("class Setup:\n    torch.affine = getattr(torch, a + b)", ["getattr(torch, a + b)"]),
        ("class Setup:\n    eval(text)", ["eval(text)"]),
        ("@eval(text)\ndef unused():\n    pass", ["eval(text)"]),
        ("def plant():\n    nn.affine = torch.gru_cell", ["gru_cell"]),
        ("def plant():\n    setattr(nn, 'affine', torch.gru_cell)", ["gru_cell"]),
        ("import gc\nlive = getattr(gc, 'get_objects')", ["get_objects"]),
        ("import gc\nstep = getattr(gc, name)", ["getattr(gc, name)"]),
        ("match gc:\n    case object(get_objects=live):\n        pass", ["get_objects"]),
        ("import ctypes as c", ["ctypes"]),
    ],
)
def test_what_the_class_uses_is_told(before, told):
    assert seen(before) == told


def test_what_is_put_into_the_class_from_outside_is_told():
    tree = ast.parse(CLASS + "VanillaRNN.forward = lambda self, x: torch.gru(x)\n")
    assert [name for _, name in library_uses(tree, "VanillaRNN")] == ["gru"]


def test_of_a_notebook_only_what_the_class_stands_on_is_looked_at():
    before = "def other():\n    return f.__code__\nt = eval(text)\n"
    tree = ast.parse(before + CLASS)
    assert library_uses(tree, "VanillaRNN", is_notebook=True) == []
    step = ast.parse(before + "def step(*a):\n    return other(*a)\n" + CLASS)
    assert [name for _, name in library_uses(step, "VanillaRNN", is_notebook=True)] == ["__code__"]


@pytest.mark.parametrize(
    "before",
    [
        "def step(*a):\n    return sum(a)",
        "def compare(x):\n    return nn.GRU(4, 6)(x)",
        "h = nn.GRU(4, 6)(x)",
        "def unused():\n    return getattr(torch, a + b)",
        "if __name__ == '__main__':\n    eval('1')",
        "def eval(x):\n    return x\nstep = eval",
        "step = getattr(torch, 'tanh')",
        "step = getattr(torch, activation)",
        "@torch.jit.script\ndef step(a, b):\n    return a + b",
        "from torch import *\ndef gru(x):\n    return x\nstep = gru",
        "step = torch.nn.modules.Module",
    ],
)
def test_what_the_class_does_not_use_and_what_is_its_own_is_not(before):
    assert seen(before) == []
