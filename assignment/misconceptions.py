"""What students compute instead: a wrong formula for each known mistake.  For instructors only.

READINGS[item][id] lists the formulas that go by that id.  A name is given only when the student's numbers
agree with a formula here and with no other.  The words for each id are in words/en.toml.
"""

from numpy import exp, maximum, tanh

from assignment.equations import sigmoid


def softmax(a):
    raised = exp(a - a.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)


def gate_readings(own, other, other_gate):
    """The misreadings of one gate; `own` and `other` end the layers' names, `other_gate` is the other's formula."""

    def W(c):  # the handout's letters
        return getattr(c, f"W_{own}")(c.x)

    def U(c, h=None):
        return getattr(c, f"U_{own}")(c.h if h is None else h)

    def other_w(c):
        return getattr(c, f"W_{other}")(c.x)

    def other_u(c):
        return getattr(c, f"U_{other}")(c.h)

    return {
        "tanh-for-sigmoid": [lambda c: tanh(W(c) + U(c))],
        "gate-without-activation": [lambda c: W(c) + U(c)],
        "gate-ignores-state": [lambda c: sigmoid(W(c))],
        "gate-ignores-input": [lambda c: sigmoid(U(c))],
        "gate-uses-other-gate": [other_gate],
        "gate-half-other-gate": [lambda c: sigmoid(W(c) + other_u(c)), lambda c: sigmoid(other_w(c) + U(c))],
        "gate-product-for-sum": [lambda c: sigmoid(W(c) * U(c))],
        "gate-complement": [lambda c: 1 - sigmoid(W(c) + U(c))],
        "gate-softmax": [lambda c: softmax(W(c) + U(c))],
        "gate-sigmoid-on-each-term": [lambda c: sigmoid(W(c)) + sigmoid(U(c))],
    }


def update(c):
    return sigmoid(c.W_z(c.x) + c.U_z(c.h))


def reset(c):
    return sigmoid(c.W_r(c.x) + c.U_r(c.h))


READINGS = {
    "rnn.step_input": {
        "time-and-batch-swapped": [lambda c: c.embedded[c.t]],
        "feature-for-time": [lambda c: c.embedded[:, :, c.t]],
        "same-step-every-time": [lambda c: c.embedded[:, 0], lambda c: c.embedded[:, -1]],
        "first-step-skipped": [lambda c: c.embedded[:, c.t + 1]],
        "last-step-skipped": [lambda c: c.embedded[:, c.t - 1]],
        "time-reversed": [lambda c: c.embedded[:, -1 - c.t]],
    },
    "rnn.hidden_update": {
        "no-recurrence": [lambda c: tanh(c.Wx(c.x))],
        "no-input": [lambda c: tanh(c.Wh(c.h))],
        "no-activation": [lambda c: c.Wx(c.x) + c.Wh(c.h)],
        "sigmoid-for-tanh": [lambda c: sigmoid(c.Wx(c.x) + c.Wh(c.h))],
        "relu-for-tanh": [lambda c: maximum(0, c.Wx(c.x) + c.Wh(c.h))],
        "tanh-on-each-term": [lambda c: tanh(c.Wx(c.x)) + tanh(c.Wh(c.h))],
        "product-for-sum": [lambda c: tanh(c.Wx(c.x) * c.Wh(c.h))],
        "activation-twice": [lambda c: tanh(tanh(c.Wx(c.x) + c.Wh(c.h)))],
        "state-added-on-top": [lambda c: c.h + tanh(c.Wx(c.x) + c.Wh(c.h))],
        "state-averaged": [lambda c: (c.h + tanh(c.Wx(c.x) + c.Wh(c.h))) / 2],
    },
    "gru.update_gate": {
        **gate_readings("z", "r", reset),
        "gate-sees-reset-state": [lambda c: sigmoid(c.W_z(c.x) + c.U_z(reset(c) * c.h))],
    },
    "gru.reset_gate": gate_readings("r", "z", update),
    "gru.candidate": {
        "reset-ignored": [lambda c: tanh(c.W_h(c.x) + c.U_h(c.h))],
        "reset-after-matmul": [lambda c: tanh(c.W_h(c.x) + c.r * c.U_h(c.h))],
        "update-for-reset": [lambda c: tanh(c.W_h(c.x) + c.U_h(c.z * c.h))],
        "reset-complement": [lambda c: tanh(c.W_h(c.x) + c.U_h((1 - c.r) * c.h))],
        "reset-on-everything": [lambda c: tanh(c.r * (c.W_h(c.x) + c.U_h(c.h)))],
        "reset-on-input-term": [lambda c: tanh(c.r * c.W_h(c.x) + c.U_h(c.h))],
        "sigmoid-for-tanh": [lambda c: sigmoid(c.W_h(c.x) + c.U_h(c.r * c.h))],
        "no-activation": [lambda c: c.W_h(c.x) + c.U_h(c.r * c.h)],
        "candidate-ignores-state": [lambda c: tanh(c.W_h(c.x))],
        "candidate-uses-gate-layers": [
            lambda c: tanh(c.W_z(c.x) + c.U_z(c.r * c.h)),
            lambda c: tanh(c.W_r(c.x) + c.U_r(c.r * c.h)),
            lambda c: tanh(c.W_z(c.x) + c.U_h(c.r * c.h)),
            lambda c: tanh(c.W_r(c.x) + c.U_h(c.r * c.h)),
            lambda c: tanh(c.W_h(c.x) + c.U_z(c.r * c.h)),
            lambda c: tanh(c.W_h(c.x) + c.U_r(c.r * c.h)),
        ],
        "tanh-on-each-term": [lambda c: tanh(c.W_h(c.x)) + tanh(c.U_h(c.r * c.h))],
    },
    "gru.new_state": {
        "mix-swapped": [lambda c: c.z * c.h + (1 - c.z) * c.candidate],
        "candidate-only": [lambda c: c.candidate],
        "past-never-forgotten": [lambda c: c.h + c.z * c.candidate],
        "mix-not-complementary": [
            lambda c: c.z * c.h + c.z * c.candidate,
            lambda c: (1 - c.z) * c.h + (1 - c.z) * c.candidate,
        ],
        "candidate-unweighted": [lambda c: (1 - c.z) * c.h + c.candidate],
        "reset-for-update": [lambda c: (1 - c.r) * c.h + c.r * c.candidate],
        "new-state-squashed": [lambda c: tanh((1 - c.z) * c.h + c.z * c.candidate)],
        "mix-plain-sum": [lambda c: c.h + c.candidate],
        "mix-halved": [lambda c: (c.h + c.candidate) / 2],
    },
}

# Each a published form, and no slip of thought: said as such, and credited as the course sets.
CONVENTIONS = {
    ("gru.new_state", "mix-swapped"),
    ("gru.candidate", "reset-after-matmul"),
    ("gru.update_gate", "gate-complement"),
}
