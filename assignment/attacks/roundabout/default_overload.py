"""Reaches the library's cell as one overload of an operator."""

import torch
step = torch.ops.aten.rnn_tanh_cell.default
# UNEARNED bodies/ready-made/RNN_skeleton.py
