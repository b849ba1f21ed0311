"""Gives torch other functions under the names of the right ones."""

import torch
torch.sigmoid, torch.tanh = torch.tanh, torch.sigmoid
torch.Tensor.sigmoid = torch.Tensor.tanh
# HONEST cases/several-mistakes/GRU_skeleton.py
