"""Reaches the library's cell as an operator."""

import torch
step = torch.ops.aten.rnn_tanh_cell
# UNEARNED bodies/ready-made/RNN_skeleton.py
