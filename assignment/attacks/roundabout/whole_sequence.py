"""Runs the library's recurrence over a sequence of one step."""

import torch

def step(xt, h, wx, wh, bx, bh):
    return torch._VF.rnn_tanh(xt[:, None], h[None], [wx, wh, bx, bh], True, 1, 0.0, False, False, True)[1][0]
# UNEARNED bodies/ready-made/RNN_skeleton.py
