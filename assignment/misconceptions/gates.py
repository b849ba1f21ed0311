"""Wrong gates; the right ones are z = sigmoid(W_z x + U_z h) and r = sigmoid(W_r x + U_r h)."""

from dataclasses import dataclass

from numpy import tanh

from assignment.equations import sigmoid, softmax
from grading.mark.catalogue import Catalogue

CATALOGUE = Catalogue()


@dataclass(frozen=True)
class Gate:
    """Which gate a formula stands in: the letter of its own layers, and that of the other gate's."""

    own: str
    other: str

    def W(self, c):  # the handout's letters
        return getattr(c, f"W_{self.own}")(c.x)

    def U(self, c):
        return getattr(c, f"U_{self.own}")(c.h)

    def other_W(self, c):
        return getattr(c, f"W_{self.other}")(c.x)

    def other_U(self, c):
        return getattr(c, f"U_{self.other}")(c.h)


GATES = {"gru.update_gate": Gate("z", "r"), "gru.reset_gate": Gate("r", "z")}


@CATALOGUE.misconception("tanh-for-sigmoid", of=GATES)
def tanh_for_sigmoid(gate, c):
    return tanh(gate.W(c) + gate.U(c))


@CATALOGUE.misconception("gate-without-activation", of=GATES)
def gate_without_activation(gate, c):
    return gate.W(c) + gate.U(c)


@CATALOGUE.misconception("gate-ignores-state", of=GATES)
def gate_ignores_state(gate, c):
    return sigmoid(gate.W(c))


@CATALOGUE.misconception("gate-ignores-input", of=GATES)
def gate_ignores_input(gate, c):
    return sigmoid(gate.U(c))


@CATALOGUE.misconception("gate-uses-other-gate", of=GATES)
def gate_uses_other_gate(gate, c):
    return sigmoid(gate.other_W(c) + gate.other_U(c))


@CATALOGUE.misconception("gate-half-other-gate", of=GATES)
def state_layer_of_the_other_gate(gate, c):
    return sigmoid(gate.W(c) + gate.other_U(c))


@CATALOGUE.misconception("gate-half-other-gate", of=GATES)
def word_layer_of_the_other_gate(gate, c):
    return sigmoid(gate.other_W(c) + gate.U(c))


@CATALOGUE.misconception("gate-product-for-sum", of=GATES)
def gate_product_for_sum(gate, c):
    return sigmoid(gate.W(c) * gate.U(c))


def gate_complement(gate, c):
    return 1 - sigmoid(gate.W(c) + gate.U(c))


CATALOGUE.misconception("gate-complement", of={"gru.update_gate": GATES["gru.update_gate"]}, convention=True)(
    gate_complement
)
CATALOGUE.misconception("gate-complement", of={"gru.reset_gate": GATES["gru.reset_gate"]})(gate_complement)


@CATALOGUE.misconception("gate-softmax", of=GATES)
def gate_softmax(gate, c):
    return softmax(gate.W(c) + gate.U(c))


@CATALOGUE.misconception("gate-sigmoid-on-each-term", of=GATES)
def gate_sigmoid_on_each_term(gate, c):
    return sigmoid(gate.W(c)) + sigmoid(gate.U(c))


@CATALOGUE.misconception("gate-sees-reset-state", of="gru.update_gate")
def gate_sees_reset_state(c):
    reset = sigmoid(c.W_r(c.x) + c.U_r(c.h))
    return sigmoid(c.W_z(c.x) + c.U_z(reset * c.h))
