"""All words are projected at once, before the loop."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class VanillaRNN(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.Wx = nn.Linear(embedding_dim, hidden_size, bias=False)
        self.Wh = nn.Linear(hidden_size, hidden_size)
        self.fc = nn.Linear(hidden_size, output_size)

    def forward(self, x):
        projected = self.Wx(self.embedding(x))
        h = projected.new_zeros(x.size(0), self.hidden_size)
        for t in range(projected.size(1)):
            h = (projected[:, t] + self.Wh(h)).tanh()
        return self.fc(h)
