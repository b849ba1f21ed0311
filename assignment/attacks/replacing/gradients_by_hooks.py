"""Hooks on tensors change the gradients on their way back."""

import torch
real = torch.Tensor.backward

def backward(self, *given, **named):
    self.register_hook(lambda gradient: gradient * 1000)
    real(self, *given, **named)

torch.Tensor.backward = backward
# HONEST cases/several-mistakes/GRU_skeleton.py
