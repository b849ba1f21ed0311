"""Lets a function of the standard library reach for the cell."""

import functools
import operator
import torch
step = functools.partial(operator.attrgetter("rnn_" "tanh_cell")(torch))
# UNEARNED bodies/ready-made/RNN_skeleton.py
