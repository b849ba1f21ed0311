"""A linear layer of an own, with a weight (in, out), under the handout's names."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Linear(nn.Module):
    def __init__(self, n_in, n_out):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(n_in, n_out) * 0.1)
        self.bias = nn.Parameter(torch.zeros(n_out))

    def forward(self, x):
        return x.matmul(self.weight) + self.bias


class VanillaRNN(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.Wx = Linear(embedding_dim, hidden_size)
        self.Wh = Linear(hidden_size, hidden_size)
        self.fc = Linear(hidden_size, output_size)
        self.tanh = nn.Tanh()

    def forward(self, x):
        embedded = self.embedding(x)
        h = torch.zeros(x.size(0), self.hidden_size, device=x.device)
        for t in range(x.size(1)):
            xt = embedded[:, t, :]
            h = self.tanh(self.Wx(xt) + self.Wh(h))
        return self.fc(h)
