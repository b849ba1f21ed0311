"""Parameters in an nn.ParameterList, multiplied by addmm."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class VanillaRNN(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.weights = nn.ParameterList([
            nn.Parameter(torch.randn(embedding_dim, hidden_size) * 0.1),
            nn.Parameter(torch.randn(hidden_size, hidden_size) * 0.1),
            nn.Parameter(torch.zeros(hidden_size)),
        ])
        self.out = nn.Linear(hidden_size, output_size)

    def forward(self, x):
        W, U, b = self.weights
        h = torch.zeros(x.size(0), self.hidden_size)
        for xt in self.embedding(x).unbind(1):
            h = torch.addmm(torch.addmm(b, xt, W), h, U).tanh()
        return self.out(h)
