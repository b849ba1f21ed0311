"""The handout's equations in NumPy: what the marker compares with.  For instructors only.

Each takes a `Case` c, whose names are the handout's: x the input at a step (B, E), h the state before it
(B, H), z and r the gates, candidate is h~; c.W_z(c.x) is W_z x, its bias included.
The reset gate acts before U_h and z weighs the candidate, unless the course has set its own convention;
torch.nn.GRU does both the other way.
"""

import numpy as np

from assignment.convention import RESET_ACTS_AFTER, UPDATE_WEIGHS_PAST


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def softmax(a):
    raised = np.exp(a - a.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)


def hidden_update(c):
    return np.tanh(c.Wx(c.x) + c.Wh(c.h))


def update_gate(c):
    return sigmoid(c.W_z(c.x) + c.U_z(c.h))


def reset_gate(c):
    return sigmoid(c.W_r(c.x) + c.U_r(c.h))


def recalled(c, gate, U=None):
    """What the candidate sees of the past through a gate, by the layer U_h or another."""
    U = U or c.U_h
    return gate * U(c.h) if RESET_ACTS_AFTER else U(gate * c.h)


def candidate(c):
    return np.tanh(c.W_h(c.x) + recalled(c, c.r))


def shares(gate):
    """(share of the past, share of the candidate) in the new state."""
    return (gate, 1 - gate) if UPDATE_WEIGHS_PAST else (1 - gate, gate)


def new_state(c):
    past, fresh = shares(c.z)
    return past * c.h + fresh * c.candidate


def gru_values(c):
    """One whole step of the GRU: the Case with z, r, candidate and new_state in it."""
    c = c.replace(z=update_gate(c), r=reset_gate(c))
    c = c.replace(candidate=candidate(c))
    return c.replace(new_state=new_state(c))


def gru_cell(c):
    """The new state after one whole step of the GRU."""
    return gru_values(c).new_state


def stand_in_cell(c):
    """The cell that the sandbox puts in the student's place when a loop is tried."""
    return np.sin(c.A(c.x)) + 0.5 * c.h[:, ::-1]


def swapped_stand_in_cell(c):
    """The stand-in called with its arguments exchanged, cell(h, x), where the sizes allow it."""
    return stand_in_cell(c.replace(x=c.h, h=c.x))


def step_input(c):
    return c.embedded[:, c.t]


def embed(c):
    """Word indices (B, T) to vectors (B, T, E): rows of the embedding's weight."""
    return c.layers["embedding"][0][c.tokens]


def states(c, cell, embedded=None, carry=lambda state: state, start=None):
    """The states (B, T, H) that `cell` makes of a text, from a zero state (or from `start`).

    carry   what a step makes of the state before it reads it
    """
    embedded = embed(c) if embedded is None else embedded
    h = np.zeros((len(embedded), c.hidden_size)) if start is None else start
    kept = []
    for t in range(embedded.shape[1]):
        h = cell(c.replace(x=embedded[:, t], h=carry(h)))
        kept.append(h)
    return np.stack(kept, axis=1)


def classify(c, cell, start=None):
    """Scores (B, O) from the last state."""
    return c.fc(states(c, cell, start=start)[:, -1])


def classify_cut(c, cell, kept=1):
    """Scores whose gradient reaches no further back than the last `kept` steps, as with a detach() in the loop."""
    constant, embedded = c.real(), embed(c)
    h = np.zeros((len(embedded), c.hidden_size))
    for t in range(embedded.shape[1] - kept):
        h = cell(constant.replace(x=np.real(embedded[:, t]), h=h))
    for t in range(embedded.shape[1] - kept, embedded.shape[1]):
        h = cell(c.replace(x=embedded[:, t], h=h))
    return c.fc(h)


def vanilla_rnn(c):
    return classify(c, hidden_update)


def gru(c):
    return classify(c, gru_cell)


EQUATIONS = {
    "rnn.step_input": step_input,
    "rnn.hidden_update": hidden_update,
    "gru.update_gate": update_gate,
    "gru.reset_gate": reset_gate,
    "gru.candidate": candidate,
    "gru.new_state": new_state,
}
