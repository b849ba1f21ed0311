"""Wrong candidates; the right one is tanh(W_h x + U_h (r * h))."""

from numpy import tanh

from assignment.convention import RESET_ACTS_AFTER
from assignment.equations import recalled, sigmoid
from grading.mark.catalogue import Catalogue

CATALOGUE = Catalogue()
CANDIDATE = "gru.candidate"
OTHER_FORM = "reset-before-matmul" if RESET_ACTS_AFTER else "reset-after-matmul"


@CATALOGUE.misconception("reset-ignored", of=CANDIDATE)
def reset_ignored(c):
    return tanh(c.W_h(c.x) + c.U_h(c.h))


@CATALOGUE.misconception(OTHER_FORM, of=CANDIDATE, convention=True)
def reset_on_the_other_side_of_the_matrix(c):
    return tanh(c.W_h(c.x) + (c.U_h(c.r * c.h) if RESET_ACTS_AFTER else c.r * c.U_h(c.h)))


@CATALOGUE.misconception("update-for-reset", of=CANDIDATE)
def update_for_reset(c):
    return tanh(c.W_h(c.x) + recalled(c, c.z))


@CATALOGUE.misconception("reset-complement", of=CANDIDATE)
def reset_complement(c):
    return tanh(c.W_h(c.x) + recalled(c, 1 - c.r))


@CATALOGUE.misconception("reset-on-everything", of=CANDIDATE)
def reset_on_everything(c):
    return tanh(c.r * (c.W_h(c.x) + c.U_h(c.h)))


@CATALOGUE.misconception("reset-on-input-term", of=CANDIDATE)
def reset_on_input_term(c):
    return tanh(c.r * c.W_h(c.x) + c.U_h(c.h))


@CATALOGUE.misconception("sigmoid-for-tanh", of=CANDIDATE)
def sigmoid_for_tanh(c):
    return sigmoid(c.W_h(c.x) + recalled(c, c.r))


@CATALOGUE.misconception("no-activation", of=CANDIDATE)
def no_activation(c):
    return c.W_h(c.x) + recalled(c, c.r)


@CATALOGUE.misconception("candidate-ignores-state", of=CANDIDATE)
def candidate_ignores_state(c):
    return tanh(c.W_h(c.x))


@CATALOGUE.misconception("tanh-on-each-term", of=CANDIDATE)
def tanh_on_each_term(c):
    return tanh(c.W_h(c.x)) + tanh(recalled(c, c.r))


def with_layers(word_layer, state_layer):
    """The candidate made of other layers than W_h and U_h."""
    return lambda c: tanh(getattr(c, word_layer)(c.x) + recalled(c, c.r, getattr(c, state_layer)))


OTHER_LAYERS = (("W_z", "U_z"), ("W_r", "U_r"), ("W_z", "U_h"), ("W_r", "U_h"), ("W_h", "U_z"), ("W_h", "U_r"))
for layers in OTHER_LAYERS:
    CATALOGUE.misconception("candidate-uses-gate-layers", of=CANDIDATE)(with_layers(*layers))
