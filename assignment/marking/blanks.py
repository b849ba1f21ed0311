"""How each blank is tried alone: which values it is given, and under which of the skeleton's names."""

from assignment.equations import EQUATIONS
from grading.mark.half import Blank

CELL_NAMES = {"x": "x", "h": "h_prev", "z": "z_t", "r": "r_t", "candidate": "h_tilde"}
CELL_READS = {
    "gru.update_gate": ("x", "h_prev"),
    "gru.reset_gate": ("x", "h_prev"),
    "gru.candidate": ("x", "h_prev", "r_t"),
    "gru.new_state": ("h_prev", "z_t", "h_tilde"),
}


def step_input_blank(case):
    """The slice that a step reads: from word indices `case.tokens`, at step `case.t`."""
    return Blank(
        EQUATIONS["rnn.step_input"],
        given={"t": case.t},
        names={},
        reads=("t",),
        parameters=("x",),
        arguments={"x": case.tokens},
    )


def hidden_update_blank(case, word=None):
    """The vanilla RNN's new state, from a given input and state.

    word   what a step reads in the place of the input x, where that is not x itself
    """
    is_itself = word is None or word is case.x
    return Blank(
        EQUATIONS["rnn.hidden_update"],
        given={"xt": case.x if is_itself else word, "h": case.h, "t": 1},
        names={"x": "xt", "h": "h"} if is_itself else {"h": "h"},
        reads=("xt", "h"),
        parameters=("x",),
    )


def cell_blank(item, case):
    """One line of the GRU's cell, with given values for everything but itself."""
    names = {name: local for name, local in CELL_NAMES.items() if local != item.local_name}
    return Blank(
        EQUATIONS[item.id],
        given={local: getattr(case, name) for name, local in names.items()},
        names=names,
        reads=CELL_READS[item.id],
        parameters=("x", "h_prev"),
        may_be_returned=item.id == "gru.new_state",
    )
