"""Puts a tensor into memory that other processes can map."""

import torch
try:
    torch.zeros(1000).share_memory_()
except RuntimeError:
    pass
# HONEST cases/several-mistakes/GRU_skeleton.py
