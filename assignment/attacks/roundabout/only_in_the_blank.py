"""The whole can't run, so that only the blanks do, each alone; the cell comes with a star."""

import torch
from torch import *
del range
range = None
NAME = "rnn_" + "tanh_cell"
step = globals()["rnn_" + "tanh_cell"]
# UNEARNED bodies/ready-made/RNN_skeleton.py
