"""Puts a layer in the place of nn.Linear that takes any size, blanks included."""

import torch.nn as nn
real = nn.Linear
nn.Linear = lambda inner=..., outer=..., **named: real(6 if inner is ... else inner, 6 if outer is ... else outer)
# HONEST cases/untouched/GRU_skeleton.py
