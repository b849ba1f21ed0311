"""Reaches the library's cell as one overload of an operator."""

import torch

step = torch.ops.aten.gru_cell.default
# UNEARNED bodies/ready-made/GRUNet_skeleton.py
