"""Records the library's cell beforehand and plays it back."""

import torch
given = torch.zeros(3, 4), torch.zeros(3, 6), torch.zeros(6, 4), torch.zeros(6, 6), torch.zeros(6), torch.zeros(6)
step = torch.jit.trace(getattr(torch, "rnn_" + "tanh_cell"), given, check_trace=False)
# UNEARNED bodies/ready-made/RNN_skeleton.py
