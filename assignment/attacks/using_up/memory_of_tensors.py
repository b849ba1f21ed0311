"""Asks for a tensor of ten thousand billion numbers, then for many small ones."""
# PATIENCE 0.5

# HONEST cases/several-mistakes/GRU_skeleton.py

import torch

def grow(self, *given):
    kept = []
    try:
        torch.zeros(10**13)
    except RuntimeError:
        pass
    while True:
        kept.append(torch.ones(10**7))

GRUCell.forward = grow
