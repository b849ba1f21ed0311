"""Lets torch's own compiler call the library's cell."""

import torch
compiled = torch.jit.CompilationUnit("""
def step(x: Tensor, h: Tensor, a: Tensor, b: Tensor, c: Tensor, d: Tensor) -> Tensor:
    return torch.rnn_tanh_cell(x, h, a, b, c, d)
""")
step = compiled.step
# UNEARNED bodies/ready-made/RNN_skeleton.py
