"""Reaches the library's cell by a name that is put together."""

import torch
step = getattr(torch, "rnn_" + "tanh_cell")
# UNEARNED bodies/ready-made/RNN_skeleton.py
