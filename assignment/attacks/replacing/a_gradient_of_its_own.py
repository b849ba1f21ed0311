"""Wrong numbers forwards with a gradient that claims to be of the right ones."""

# HONEST cases/several-mistakes/GRU_skeleton.py

import torch

class Claims(torch.autograd.Function):
    @staticmethod
    def forward(context, x, h_prev):
        return torch.zeros_like(h_prev)
    @staticmethod
    def backward(context, gradient):
        return torch.ones(gradient.shape[0], 4), gradient * 0 + 1

GRUCell.forward = lambda self, x, h_prev: Claims.apply(x, h_prev)
