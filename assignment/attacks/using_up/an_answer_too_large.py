"""Returns more numbers than an answer may hold."""

# HONEST cases/several-mistakes/GRU_skeleton.py

import torch
GRUCell.forward = lambda self, x, h_prev: torch.zeros(10**7)
GRUModel.forward = lambda self, x: torch.zeros(1).expand(4 * 10**9)
