"""Projected before the loop, with a generator that yields states; an Elman cell in float64."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class VanillaRNN(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.Wx = nn.Linear(embedding_dim, hidden_size)
        self.Wh = nn.Linear(hidden_size, hidden_size)
        self.fc = nn.Linear(hidden_size, output_size)

    def states(self, projected):
        h = torch.zeros_like(projected[0])
        for word in projected:
            h = torch.tanh(word + self.Wh(h))
            yield h

    def forward(self, x):
        projected = self.Wx(self.embedding(x)).transpose(1, 0)
        *_, last = self.states(projected)
        return self.fc(last)
