"""Reaches the library's cell by torch._VF."""

import torch
step = torch._VF.rnn_tanh_cell
# UNEARNED bodies/ready-made/RNN_skeleton.py
