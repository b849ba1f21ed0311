"""The solution's classes and the equations on a case's weights, in float64: what the oracles are set beside."""

from contextlib import contextmanager

import numpy as np
import torch

from assignment import equations
from assignment.oracles.drawn import CLASSES, E, H, V
from grading.mark.case import gradients

SIZES = {"VanillaRNN": (V, E, H, CLASSES), "GRUCell": (E, H), "GRUModel": (V, E, H, CLASSES)}
INPUTS = ("embedded", "start")


@contextmanager
def double_precision():
    """New tensors are float64 inside: the models make their first state themselves, in torch's default."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    try:
        yield
    finally:
        torch.set_default_dtype(before)


def with_weights(kind, case):
    """An object of a class of the solution, with the case's weights.  Call it in `double_precision`."""
    model = kind(*SIZES[kind.__name__])
    for name, parameter in model.named_parameters():
        *_, layer, part = name.split(".")  # gru_cell.W_z.weight is W_z's
        weight, bias = case.layers[layer]
        parameter.data = torch.as_tensor(weight if part == "weight" else bias)
    return model


def cell_states(kind, case):
    """States (B, T, H) that a cell makes step by step, from the case's start; and the inputs as tensors."""
    with double_precision():
        cell = with_weights(kind, case)
        embedded, h = inputs = [torch.tensor(case.values[name], requires_grad=True) for name in INPUTS]
        states = []
        for t in range(embedded.shape[1]):
            h = cell(embedded[:, t], h)
            states.append(h)
        return torch.stack(states, dim=1), inputs


def cell_gradients(kind, case, probe):
    """[d sum(probe * states) / d embedded, the same by start], of torch's autograd."""
    states, inputs = cell_states(kind, case)
    return [found.numpy() for found in torch.autograd.grad((states * torch.as_tensor(probe)).sum(), inputs)]


def scores_after_each_word(kind, case):
    """Scores (B, T, O) of a model: those of the text as far as each word."""
    with double_precision(), torch.no_grad():
        model, tokens = with_weights(kind, case), torch.as_tensor(case.tokens)
        return torch.stack([model(tokens[:, :end]) for end in range(1, tokens.shape[1] + 1)], dim=1).numpy()


def equation_states(case, equation):
    """States (B, T, H) by an equation in NumPy, from the case's start."""
    return equations.states(case, equation, embedded=case.embedded, start=case.start)


def equation_gradients(case, equation, probe):
    """The same gradients as `cell_gradients`, by complex steps, as the marker computes them."""
    found = gradients(lambda c: equation_states(c, equation), case, probe, INPUTS)
    return [found[name] for name in INPUTS]


def read_out(case, states):
    """Scores (B, T, O) from states, by torch's own linear layer."""
    return torch.nn.functional.linear(*map(torch.as_tensor, (states, *case.layers["fc"]))).numpy()


def has_true_gradients(kind, case, tolerance):
    """Whether torch's autograd of a class agrees with finite differences, for every weight and input.

    Raises torch.autograd.gradcheck.GradcheckError with the numbers where it does not.
    """
    with double_precision():
        model = with_weights(kind, case)
        names, weights = zip(*model.named_parameters(), strict=True)
        values = [case.embedded[:, 0], case.start] if kind.__name__ == "GRUCell" else [case.tokens]
        inputs = [torch.tensor(value, requires_grad=np.isrealobj(value) and value.dtype == float) for value in values]

        def output(*tensors):
            given, replaced = tensors[: len(inputs)], dict(zip(names, tensors[len(inputs) :], strict=True))
            return torch.func.functional_call(model, replaced, given)

        return torch.autograd.gradcheck(output, (*inputs, *weights), atol=tolerance, rtol=0)
