"""Wrong new states of the vanilla RNN; the right one is tanh(W_x x + W_h h)."""

from numpy import maximum, tanh

from assignment.equations import sigmoid
from grading.mark.catalogue import Catalogue

CATALOGUE = Catalogue()
HIDDEN_UPDATE = "rnn.hidden_update"


@CATALOGUE.misconception("no-recurrence", of=HIDDEN_UPDATE)
def no_recurrence(c):
    return tanh(c.Wx(c.x))


@CATALOGUE.misconception("no-input", of=HIDDEN_UPDATE)
def no_input(c):
    return tanh(c.Wh(c.h))


@CATALOGUE.misconception("no-activation", of=HIDDEN_UPDATE)
def no_activation(c):
    return c.Wx(c.x) + c.Wh(c.h)


@CATALOGUE.misconception("sigmoid-for-tanh", of=HIDDEN_UPDATE)
def sigmoid_for_tanh(c):
    return sigmoid(c.Wx(c.x) + c.Wh(c.h))


@CATALOGUE.misconception("relu-for-tanh", of=HIDDEN_UPDATE)
def relu_for_tanh(c):
    return maximum(0, c.Wx(c.x) + c.Wh(c.h))


@CATALOGUE.misconception("tanh-on-each-term", of=HIDDEN_UPDATE)
def tanh_on_each_term(c):
    return tanh(c.Wx(c.x)) + tanh(c.Wh(c.h))


@CATALOGUE.misconception("product-for-sum", of=HIDDEN_UPDATE)
def product_for_sum(c):
    return tanh(c.Wx(c.x) * c.Wh(c.h))


@CATALOGUE.misconception("activation-twice", of=HIDDEN_UPDATE)
def activation_twice(c):
    return tanh(tanh(c.Wx(c.x) + c.Wh(c.h)))


@CATALOGUE.misconception("state-added-on-top", of=HIDDEN_UPDATE)
def state_added_on_top(c):
    return c.h + tanh(c.Wx(c.x) + c.Wh(c.h))


@CATALOGUE.misconception("state-averaged", of=HIDDEN_UPDATE)
def state_averaged(c):
    return (c.h + tanh(c.Wx(c.x) + c.Wh(c.h))) / 2
