"""Random weights, a text and a state to start from: what an oracle and the reference are both given."""

import numpy as np

from assignment import equations
from grading.mark.case import Case

B, T, E, H, V, CLASSES = 3, 5, 4, 6, 11, 7  # documents, steps, embedding, hidden, vocabulary: all different
WORD_LAYERS, STATE_LAYERS = ("Wx", "W_z", "W_r", "W_h"), ("Wh", "U_z", "U_r", "U_h")


def draw(seed=0):
    """A Case with every layer of both models, no two numbers equal, all in float64.

    Its values: tokens (B, T); embedded (B, T, E), the words as vectors; start (B, H), a state that is not zero.
    """
    random = np.random.default_rng(seed)
    layers = {"embedding": (random.uniform(-1, 1, (V, E)), None), "fc": layer(random, CLASSES, H)}
    layers |= {name: layer(random, H, E) for name in WORD_LAYERS}
    layers |= {name: layer(random, H, H) for name in STATE_LAYERS}
    values = {"tokens": random.integers(0, V, (B, T)), "start": random.uniform(-1, 1, (B, H)), "hidden_size": H}
    case = Case(values, layers)
    return case.replace(embedded=equations.embed(case))


def layer(random, rows, columns):
    """(weight (rows, columns), bias (rows,)), both drawn."""
    return random.uniform(-1, 1, (rows, columns)), random.uniform(-1, 1, rows)


def from_zero(case):
    """The same case with the state that the models start from."""
    return case.replace(start=np.zeros_like(case.start))
