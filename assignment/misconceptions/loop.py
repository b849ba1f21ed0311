"""Wrong ways to walk over a text and to read it out.

The parts of a loop: `steps`, which words it reads (B, T, E) -> (B, T', E); `carry`, whether a step starts from the
state before; `read_out`, what is made of the states (B, T, H); `head`, what is done to the scores (B, O).
"""

from numpy import log, maximum, tanh, zeros_like

from assignment.equations import sigmoid, softmax
from grading.mark.catalogue import Catalogue

CATALOGUE = Catalogue()


@CATALOGUE.misconception("first-step-skipped", of="steps")
def first_step_skipped(embedded):
    return embedded[:, 1:]


@CATALOGUE.misconception("last-step-skipped", of="steps")
def last_step_skipped(embedded):
    return embedded[:, :-1]


@CATALOGUE.misconception("time-reversed", of="steps")
def time_reversed(embedded):
    return embedded[:, ::-1]


@CATALOGUE.misconception("same-step-every-time", of="steps")
def first_step_every_time(embedded):
    return embedded[:, :1].repeat(embedded.shape[1], axis=1)


@CATALOGUE.misconception("same-step-every-time", of="steps")
def last_step_every_time(embedded):
    return embedded[:, -1:].repeat(embedded.shape[1], axis=1)


@CATALOGUE.misconception("state-not-carried", of="carry")
def state_not_carried(state):
    return zeros_like(state)


@CATALOGUE.misconception("state-not-carried", of="read_out")
def state_reset_after_each_step(states):
    return 0 * states[:, -1]


@CATALOGUE.misconception("mean-over-time", of="read_out")
def mean_over_time(states):
    return states.mean(axis=1)


@CATALOGUE.misconception("first-state-for-last", of="read_out")
def first_state_for_last(states):
    return states[:, 0]


@CATALOGUE.misconception("tanh-on-y", of="head", right=True)  # the handout's y = tanh(W_y h_t + b_y)
def tanh_on_y(scores):
    return tanh(scores)


@CATALOGUE.misconception("log-softmax-before-loss", of="head", right=True)  # the loss and its gradients are the same
def log_softmax_before_loss(scores):
    return log(softmax(scores))


@CATALOGUE.misconception("softmax-before-loss", of="head")
def softmax_before_loss(scores):
    return softmax(scores)


@CATALOGUE.misconception("relu-on-output", of="head")
def relu_on_output(scores):
    return maximum(scores, 0)


@CATALOGUE.misconception("sigmoid-on-output", of="head")
def sigmoid_on_output(scores):
    return sigmoid(scores)
