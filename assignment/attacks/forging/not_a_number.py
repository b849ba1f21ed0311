"""Every number is NaN or infinite, in the hope that a comparison with them is taken for agreement."""

# HONEST cases/several-mistakes/GRU_skeleton.py
# STOPPED BY comparison

import torch
GRUCell.forward = lambda self, x, h_prev: torch.full_like(h_prev, float("nan"))
GRUModel.forward = lambda self, x: torch.full((len(x), 7), float("inf"))
