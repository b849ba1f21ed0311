"""The child: it has one student's module, carries out requests on it, and answers with raw numbers.

It is given inputs and weights and never an expected value, so nothing in it is worth stealing; it is
believed in nothing but numbers, so nothing in it is worth forging.
"""

from contextlib import ExitStack

import numpy as np
import torch

from grading.sandbox import operations, reading, wire
from grading.sandbox.function_modes import CpuForCuda
from grading.sandbox.optimizers import leave_the_compiler_out
from grading.sandbox.outcome import Outcome
from grading.sandbox.outline import outlines
from grading.sandbox.statement import NoSuchStatement, NotFilledIn
from grading.sandbox.student_module import load_module, mendings
from grading.sandbox.student_text import Unreadable

MESSAGE_LENGTH = 200  # characters of an error that travel
OPERATIONS = {
    "describe": operations.describe,
    "forward": operations.forward,
    "step": operations.step,
    "statement": operations.statement,
    "states": operations.states,
    "train": operations.train,
    "mendings": mendings,
    "locate": reading.locate,
    "compare_classes": reading.compare_classes,
    "count_pages": reading.count_pages,
    "outlines": outlines,
}


EXAMPLE = b"""
import numpy as np
import torch
from torch import nn


class Cell(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.W = nn.Linear(size, size)

    def forward(self, x, h_prev):
        z_t = torch.sigmoid(self.W(x))
        return torch.tanh(z_t * h_prev)
"""


def warm_up():
    """What every child would otherwise do for itself: one thread, a training step, and a question of each kind."""
    torch.set_num_threads(1)
    leave_the_compiler_out()
    model = torch.nn.Linear(2, 2)
    optimizer = torch.optim.Adam(model.parameters())
    model(torch.zeros(1, 2)).sum().backward()
    optimizer.step()
    module = load_module("example.py", EXAMPLE, "whole")
    values = np.ones((2, 2))
    arrays = {"weight:W.weight": values, "x": values, "h_prev": values, "probe": values}
    arrays |= {"given:x": values, "given:h_prev": values}
    facts = {"class": "Cell", "sizes": [2], "hidden_size": 2, "trace": True, "targets": [], "classes": ["Cell"]}
    facts |= {"target": "Cell.forward:z_t", "parameters": ["x", "h_prev"], "reads": ["x"]}
    for operation in ("locate", "describe", "step", "statement"):
        found, told = OPERATIONS[operation](module, arrays, facts)
        wire.decode(wire.encode(found, told)[wire.LENGTH.size :])


def serve(requests, answers):
    """Answer requests until the pipe ends.  The first one brings the module."""
    module, modes = None, ExitStack()
    while True:
        try:
            arrays, facts = wire.receive(requests)
        except wire.BadMessage:
            return
        try:
            if facts["operation"] == "open":
                content = arrays["content"].tobytes()
                if b"cuda" in content and not torch.cuda.is_available():
                    modes.enter_context(CpuForCuda())
                module = load_module(facts["name"], content, facts["how"], facts.get("classes", ()))
                found, told = {}, {}
            else:
                found, told = OPERATIONS[facts["operation"]](module, arrays, facts)
            answer = {"outcome": Outcome.DONE, **told}
        except BaseException as reason:  # student code may raise anything, SystemExit included
            found, answer = {}, failure(reason)
        wire.send(answers, found, answer)


def failure(reason):
    """A student's exception as an outcome, a short text and the line of the student's file."""
    outcome = {
        NotFilledIn: Outcome.BLANK,
        NoSuchStatement: Outcome.NO_STATEMENT,
        Unreadable: Outcome.UNREADABLE,
        operations.CannotBind: Outcome.UNBOUND,
        operations.NoSuchClass: Outcome.NO_CLASS,
    }.get(type(reason), Outcome.ERROR)
    try:
        text = f"{type(reason).__name__}: {reason}" if outcome == Outcome.ERROR else str(reason)
    except BaseException:  # an exception's own __str__ is student code, too
        text = "an exception that can't be printed"
    return {"outcome": outcome, "message": text[:MESSAGE_LENGTH], "line": line_of(reason)}


def line_of(reason):
    """The last line of the student's file on the way to this exception, or None."""
    if isinstance(reason, Unreadable):  # what can't be read, not what would have used it
        return reason.line
    line = None
    trace = reason.__traceback__
    while trace is not None:
        if (
            trace.tb_frame.f_code.co_filename.endswith((".py", ".ipynb"))
            and "/" not in trace.tb_frame.f_code.co_filename
        ):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line if isinstance(line, int) else None
