"""The cell is there and right; the model has a cell of its own written out in its loop, with hoisted projections."""

import torch
import torch.nn as nn


class GRUCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.lx = nn.Linear(input_size, 3 * hidden_size)
        self.lh = nn.Linear(hidden_size, 3 * hidden_size, bias=False)

    def forward(self, x, h_prev):
        xz, xr, xh = self.lx(x).chunk(3, 1)
        Uz, Ur, Uh = self.lh.weight.chunk(3, 0)
        z = torch.sigmoid(xz + h_prev @ Uz.T)
        r = torch.sigmoid(xr + h_prev @ Ur.T)
        n = torch.tanh(xh + (r * h_prev) @ Uh.T)
        return (1 - z) * h_prev + z * n


class GRUModel(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.gru_cell = GRUCell(embedding_dim, hidden_size)
        self.fc = nn.Linear(hidden_size, output_size)

    def forward(self, x):
        cell = self.gru_cell
        projected = cell.lx(self.embedding(x))
        Uz, Ur, Uh = cell.lh.weight.chunk(3, 0)
        h = torch.zeros(x.size(0), self.hidden_size)
        for step in projected.unbind(1):
            xz, xr, xh = step.chunk(3, 1)
            z = torch.sigmoid(xz + h @ Uz.T)
            r = torch.sigmoid(xr + h @ Ur.T)
            h = (1 - z) * h + z * torch.tanh(xh + (r * h) @ Uh.T)
        return self.fc(h)
