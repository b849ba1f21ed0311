"""A cell class inside; the model inherits from a base of its own."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Base(nn.Module):
    def __init__(self, vocab_size, embedding_dim):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embedding_dim)


class Cell(nn.Module):
    def __init__(self, size_in, size):
        super().__init__()
        self.Wx = nn.Linear(size_in, size)
        self.Wh = nn.Linear(size, size)

    def forward(self, x, h):
        return torch.tanh(self.Wx(x) + self.Wh(h))


class VanillaRNN(Base):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super().__init__(vocab_size, embedding_dim)
        self.hidden_size = hidden_size
        self.cell = Cell(embedding_dim, hidden_size)
        self.fc = nn.Linear(hidden_size, output_size)

    def forward(self, x):
        h = torch.zeros(x.size(0), self.hidden_size)
        for word in self.embedding(x).permute(1, 0, 2):
            h = self.cell(word, h)
        return self.fc(h)
