"""A config object, functional calls on plain (out, in) parameters, one bias as (1, H)."""

from types import SimpleNamespace

import torch
import torch.nn as nn
import torch.nn.functional as F


class VanillaRNN(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super().__init__()
        self.config = SimpleNamespace(V=vocab_size, E=embedding_dim, H=hidden_size, O=output_size)
        c = self.config
        self.W_e = nn.Parameter(torch.randn(c.V, c.E))
        self.W_xh = nn.Parameter(torch.empty(c.H, c.E))
        self.W_hh = nn.Parameter(torch.empty(c.H, c.H))
        self.b_h = nn.Parameter(torch.zeros(1, c.H))
        self.W_hy = nn.Parameter(torch.empty(c.O, c.H))
        self.b_y = nn.Parameter(torch.zeros(c.O))
        for weight in (self.W_xh, self.W_hh, self.W_hy):
            nn.init.kaiming_uniform_(weight, a=5**0.5)

    def step(self, h, xt):
        return torch.tanh(F.linear(xt, self.W_xh) + F.linear(h, self.W_hh) + self.b_h)

    def forward(self, x):
        h = torch.zeros(x.size(0), self.config.H)
        for xt in torch.movedim(F.embedding(x, self.W_e), 1, 0):
            h = self.step(h, xt)
        return F.linear(h, self.W_hy, self.b_y)
