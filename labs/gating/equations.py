"""The lab's equations in NumPy: what the marker compares with.  For instructors only.

Each takes a `Case` c: x the input at a step (B, E), h the state before it (B, H), the gates r, z and f, and candidate,
which is h~.  The GRU is torch.nn.GRU's: r acts after U_h, z weighs the past.  The minimal gated unit is Heck and
Salem's (arXiv:1701.03452): f acts before the matrix and weighs the candidate.
"""

import numpy as np

GATES = ("reset", "update", "candidate")  # the order in which the GRU's layers W and U hold their matrices


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def third(stacked, name):
    """One of the three parts (B, H) of what a stacked layer gives."""
    return np.split(stacked, 3, axis=-1)[GATES.index(name)]


def from_word(c, name):
    """W_r x + b_r, or the same of the update gate or the candidate."""
    return third(c.W(c.x), name)


def from_state(c, name):
    """U_r h + c_r, or the same of the update gate or the candidate."""
    return third(c.U(c.h), name)


def reset_gate(c):
    return sigmoid(from_word(c, "reset") + from_state(c, "reset"))


def update_gate(c):
    return sigmoid(from_word(c, "update") + from_state(c, "update"))


def candidate(c):
    return np.tanh(from_word(c, "candidate") + c.r * from_state(c, "candidate"))


def new_state(c):
    return c.z * c.h + (1 - c.z) * c.candidate


def joined(first, second):
    """[x, h]: the numbers of the one, then those of the other."""
    return np.concatenate((first, second), axis=-1)


def minimal_gate(c):
    return sigmoid(c.W_f(joined(c.x, c.h)))


def minimal_candidate(c):
    return np.tanh(c.W_h(joined(c.x, c.f * c.h)))


def minimal_new_state(c):
    return (1 - c.f) * c.h + c.f * c.candidate


def last_state(c):
    """Of states (B, T, H), those after the last word of each review."""
    return c.states[np.arange(len(c.lengths)), c.lengths - 1]


# item -> its equation; the values of a cell in the order in which they are computed: item -> name in a Case
EQUATIONS = {
    "gru.reset_gate": reset_gate,
    "gru.update_gate": update_gate,
    "gru.candidate": candidate,
    "gru.new_state": new_state,
    "gru.last_state": last_state,
    "mgu.gate": minimal_gate,
    "mgu.candidate": minimal_candidate,
    "mgu.new_state": minimal_new_state,
    "mgu.last_state": last_state,
}
GRU_LINES = {"gru.reset_gate": "r", "gru.update_gate": "z", "gru.candidate": "candidate", "gru.new_state": "new_state"}
MGU_LINES = {"mgu.gate": "f", "mgu.candidate": "candidate", "mgu.new_state": "new_state"}


def cell_values(c, lines, formulas=EQUATIONS):
    """The Case with every value of one step in it."""
    for item_id, name in lines.items():
        c = c.replace(**{name: formulas[item_id](c)})
    return c


def stand_in_cell(c):
    """The cell that the sandbox puts in the student's place when a network is tried."""
    return np.sin(c.A(c.x)) + 0.5 * c.h[:, ::-1]


def stand_in_states(c):
    """The states (B, T, H) that the stand-in makes of words (B, T, E), padding included, from a zero state."""
    h, kept = np.zeros((c.words.shape[0], c.hidden_size)), []
    for t in range(c.words.shape[1]):
        h = stand_in_cell(c.replace(x=c.words[:, t], h=h))
        kept.append(h)
    return np.stack(kept, axis=1)


def read_out(c, last):
    """Log-probabilities (B, O) of the states (B, H) that are read."""
    positive = np.where(last.real > 0, last, 0)  # ReLU; the imaginary part is a complex step's
    scores = c.fc(positive)
    raised = np.exp(scores - scores.real.max(axis=1, keepdims=True))
    return np.log(raised / raised.sum(axis=1, keepdims=True))


def network(c, last=last_state):
    """What a network gives whose cell is the stand-in."""
    return read_out(c, last(c.replace(states=stand_in_states(c))))
