"""Plain parameters, turned, with tanh on y."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class VanillaRNN(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super().__init__()
        self.table = nn.Parameter(torch.randn(vocab_size, embedding_dim))
        self.W_xh = nn.Parameter(torch.randn(embedding_dim, hidden_size) * 0.1)
        self.W_hh = nn.Parameter(torch.randn(hidden_size, hidden_size) * 0.1)
        self.b_h = nn.Parameter(torch.zeros(hidden_size))
        self.W_hq = nn.Parameter(torch.randn(hidden_size, output_size) * 0.1)
        self.b_q = nn.Parameter(torch.zeros(output_size))

    def forward(self, x):
        inputs = self.table[x].permute(1, 0, 2)
        state = torch.zeros(x.shape[0], self.W_hh.shape[0])
        for X in inputs:
            state = torch.tanh(torch.matmul(X, self.W_xh) + torch.matmul(state, self.W_hh) + self.b_h)
        return torch.tanh(torch.matmul(state, self.W_hq) + self.b_q)
