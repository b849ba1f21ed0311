"""The loop over a text and its output, tried with states that are known: which of them does the model read out?"""

import itertools
from functools import cache

import numpy as np

from assignment.misconceptions import sigmoid, softmax
from grading.mark.agreement import agrees

STEPS = {
    None: lambda embedded: embedded,
    "first-step-skipped": lambda embedded: embedded[:, 1:],
    "last-step-skipped": lambda embedded: embedded[:, :-1],
    "time-reversed": lambda embedded: embedded[:, ::-1],
}
READ_OUT = {
    None: lambda states: states[:, -1],
    "mean-over-time": lambda states: states.mean(axis=1),
    "first-state-for-last": lambda states: states[:, 0],
}
HEADS = {
    None: lambda scores: scores,
    "tanh": np.tanh,  # the handout's y = tanh(W_y h_t + b_y): right, too
    "log-softmax-before-loss": lambda scores: np.log(softmax(scores)),  # right: the loss is the same
    "softmax-before-loss": softmax,
    "relu-on-output": lambda scores: np.maximum(scores, 0),
    "sigmoid-on-output": sigmoid,
}
RIGHT_HEADS = {None: "agrees_linear", "tanh": "agrees_tanh", "log-softmax-before-loss": "agrees_log_softmax"}
MISTAKES = {*STEPS, *READ_OUT, *HEADS, "state-not-carried"} - {*RIGHT_HEADS}


def read_loop(output, case, states_of, embedded):
    """What loop gives `output`: (steps, carry, read-out, head), each None where it is right; or None if none does.

    states_of(embedded, carry)  the states (B, T, H) of the cell in question
    """

    @cache
    def states(steps, carry):
        return states_of(STEPS[steps](embedded), carry is None)

    ways = itertools.product(STEPS, (None, "state-not-carried"), READ_OUT, HEADS)
    for way in sorted(ways, key=lambda way: sum(part in MISTAKES for part in way)):  # the simplest reading first
        steps, carry, read_out, head = way
        if agrees(output, HEADS[head](case.fc(READ_OUT[read_out](states(steps, carry))))):
            return way
    return None


def unsettled_verdict(half, speak, output, right_output, outputs_from):
    """Two calls gave two answers: a state left over, a random start, or something without a name.

    outputs_from(start)  what the model gives from a start (B, H) in place of zero
    """
    mistake = None
    if agrees(output["output"], right_output):
        mistake = "state-kept-between-batches"
    elif any(agrees(output["output"], outputs_from(output[kind])) for kind in ("normal", "uniform") if kind in output):
        mistake = "random-initial-state"
    return speak.failed(half.words.say("saw", "unsettled"), mistake, half.words.say("cause", "unsettled"))
