"""The classes that students write: their constructors' sizes and their layers; and how a blank is tried alone."""

import numpy as np

from grading.mark.class_spec import ClassSpec
from grading.mark.half import Blank
from labs.gating.equations import EQUATIONS

# reviews, words of the longest, numbers a word, hidden, opinions: all different
B, T, E, H, O = 3, 7, 4, 5, 2
LENGTHS = (4, 7, 2)  # one review fills the batch, no two are alike, and none is one word
INPUTS = ("x", "lengths")  # of a network


def gru_cell_spec(inner, hidden):
    layers = {"W": (3 * hidden, inner), "U": (3 * hidden, hidden)}
    return ClassSpec("GRUCell", (inner, hidden), hidden, layers)


def minimal_cell_spec(inner, hidden):
    layers = {"W_f": (hidden, inner + hidden), "W_h": (hidden, inner + hidden)}
    return ClassSpec("MinimalGatedCell", (inner, hidden), hidden, layers)


def network_spec(name, place, cell, inner=E, hidden=H):
    """A network with one cell, which stands in it under the name `place`."""
    layers = {f"{place}.{layer}": shape for layer, shape in cell.layers.items()}
    return ClassSpec(name, (inner, hidden, O, 1), hidden, layers | {"fc": (O, hidden)})


def stand_in_spec(name, place, inner=E, hidden=H):
    """The same network with the sandbox's own cell in it."""
    layers = {f"{place}.A": (hidden, inner), "fc": (O, hidden)}
    return ClassSpec(name, (inner, hidden, O, 1), hidden, layers)


GRU_CELL, MINIMAL_CELL = gru_cell_spec(E, H), minimal_cell_spec(E, H)
GRU_NET, MINIMAL_NET = network_spec("GRUNet", "cells.0", GRU_CELL), network_spec("pmGRU", "cell", MINIMAL_CELL)

# The equations' names -> the skeleton's, and what the right answer of each line reads.
NAMES = {"x": "x", "h": "h_prev", "r": "r_t", "z": "z_t", "f": "f_t", "candidate": "h_tilde"}
READS = {
    "gru.reset_gate": ("x", "h_prev"),
    "gru.update_gate": ("x", "h_prev"),
    "gru.candidate": ("x", "h_prev", "r_t"),
    "gru.new_state": ("h_prev", "z_t", "h_tilde"),
    "mgu.gate": ("x", "h_prev"),
    "mgu.candidate": ("x", "h_prev", "f_t"),
    "mgu.new_state": ("h_prev", "f_t", "h_tilde"),
}


def line_blank(item, case):
    """One line of a cell, with given values for everything but itself."""
    names = {name: local for name, local in NAMES.items() if name in case.values and local != item.local_name}
    return Blank(
        EQUATIONS[item.id],
        given={local: getattr(case, name) for name, local in names.items()},
        names=names,
        reads=READS[item.id],
        parameters=("x", "h_prev"),
        may_be_returned=item.id.endswith(".new_state"),
    )


def last_state_blank(item, case):
    """The state that a network reads out, from given states; the words, as many, may be asked for their number.

    They are what the method is called with, and no given value: a name that the student gives other values keeps them.
    """
    words = np.resize(case.words, (*case.states.shape[:2], case.words.shape[2]))
    return Blank(
        EQUATIONS[item.id],
        given={"states": case.states, "lengths": case.lengths},
        names={"states": "states"},
        reads=("states", "lengths"),
        parameters=INPUTS,
        arguments={"x": words},
    )
