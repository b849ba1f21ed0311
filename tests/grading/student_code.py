"""A student's file that is right, ways to spoil it, and how a worker is asked for a step of it."""

import textwrap

import numpy as np
import pytest

from grading.sandbox.worker import StudentFault

SHORT, LONG = 1.0, 20.0  # seconds: for what never ends, and for what does, on a busy machine


GOOD = """
import torch
from torch import nn


class Good(nn.Module):
    def __init__(self):
        super().__init__()
        self.W = nn.Linear(2, 2, bias=False)

    def forward(self, x, h_prev):
        return self.W(x) + h_prev
"""


WEIGHT, X, H = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, -1.0]]), np.array([[0.5, 0.25]])


def ask_step(worker, name="Good"):
    """The output of one step of a class."""
    arrays = {"weight:W.weight": WEIGHT, "x": X, "h_prev": H}
    found, _ = worker.ask("step", arrays, **{"class": name, "sizes": [], "hidden_size": 2})
    return found["output"]


def assert_answers(worker):
    np.testing.assert_array_equal(ask_step(worker), X @ WEIGHT.T + H)


def with_bad(body):
    """A file with the good class, and a class Bad whose step does what `body` says."""
    head = "\n\nclass Bad(Good):\n    def forward(self, x, h_prev):\n"
    return GOOD + head + textwrap.indent(textwrap.dedent(body).strip("\n"), " " * 8) + "\n"


def fault_of(worker, name="Bad"):
    with pytest.raises(StudentFault) as raised:
        ask_step(worker, name)
    return raised.value
