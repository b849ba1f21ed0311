"""Wrong candidates; the right one is tanh(W_h x + U_h (r * h))."""

from numpy import tanh

from assignment.equations import sigmoid
from grading.mark.catalogue import Catalogue

CATALOGUE = Catalogue()
CANDIDATE = "gru.candidate"
RESET_AFTER = "Cho et al. 2014 in its first version, cuDNN and torch.nn.GRU"


@CATALOGUE.misconception("reset-ignored", of=CANDIDATE)
def reset_ignored(c):
    return tanh(c.W_h(c.x) + c.U_h(c.h))


@CATALOGUE.misconception("reset-after-matmul", of=CANDIDATE, convention=RESET_AFTER)
def reset_after_matmul(c):
    return tanh(c.W_h(c.x) + c.r * c.U_h(c.h))


@CATALOGUE.misconception("update-for-reset", of=CANDIDATE)
def update_for_reset(c):
    return tanh(c.W_h(c.x) + c.U_h(c.z * c.h))


@CATALOGUE.misconception("reset-complement", of=CANDIDATE)
def reset_complement(c):
    return tanh(c.W_h(c.x) + c.U_h((1 - c.r) * c.h))


@CATALOGUE.misconception("reset-on-everything", of=CANDIDATE)
def reset_on_everything(c):
    return tanh(c.r * (c.W_h(c.x) + c.U_h(c.h)))


@CATALOGUE.misconception("reset-on-input-term", of=CANDIDATE)
def reset_on_input_term(c):
    return tanh(c.r * c.W_h(c.x) + c.U_h(c.h))


@CATALOGUE.misconception("sigmoid-for-tanh", of=CANDIDATE)
def sigmoid_for_tanh(c):
    return sigmoid(c.W_h(c.x) + c.U_h(c.r * c.h))


@CATALOGUE.misconception("no-activation", of=CANDIDATE)
def no_activation(c):
    return c.W_h(c.x) + c.U_h(c.r * c.h)


@CATALOGUE.misconception("candidate-ignores-state", of=CANDIDATE)
def candidate_ignores_state(c):
    return tanh(c.W_h(c.x))


@CATALOGUE.misconception("tanh-on-each-term", of=CANDIDATE)
def tanh_on_each_term(c):
    return tanh(c.W_h(c.x)) + tanh(c.U_h(c.r * c.h))


def with_layers(word_layer, state_layer):
    """The candidate made of other layers than W_h and U_h."""
    return lambda c: tanh(getattr(c, word_layer)(c.x) + getattr(c, state_layer)(c.r * c.h))


OTHER_LAYERS = (("W_z", "U_z"), ("W_r", "U_r"), ("W_z", "U_h"), ("W_r", "U_h"), ("W_h", "U_z"), ("W_h", "U_r"))
for layers in OTHER_LAYERS:
    CATALOGUE.misconception("candidate-uses-gate-layers", of=CANDIDATE)(with_layers(*layers))
