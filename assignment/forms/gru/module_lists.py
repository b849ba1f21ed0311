"""Layers in two nn.ModuleList, by number."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class GRUCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.W = nn.ModuleList([nn.Linear(input_size, hidden_size) for _ in range(3)])
        self.U = nn.ModuleList([nn.Linear(hidden_size, hidden_size, bias=False) for _ in range(3)])

    def forward(self, x, h_prev):
        z, r = (torch.sigmoid(self.W[i](x) + self.U[i](h_prev)) for i in range(2))
        n = torch.tanh(self.W[2](x) + self.U[2](r * h_prev))
        return h_prev - z * h_prev + z * n


class GRUModel(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.gru_cell = GRUCell(embedding_dim, hidden_size)
        self.fc = nn.Linear(hidden_size, output_size)

    def forward(self, x):
        embedded = self.embedding(x)
        h_t = torch.zeros(x.size(0), self.hidden_size, device=x.device)
        for t in range(x.size(1)):
            h_t = self.gru_cell(embedded[:, t, :], h_t)
        return self.fc(h_t)
