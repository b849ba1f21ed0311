"""A gate is an nn.Sequential of a layer over [x, h] and its activation."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class GRUCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        both = input_size + hidden_size
        self.update = nn.Sequential(nn.Linear(both, hidden_size), nn.Sigmoid())
        self.reset = nn.Sequential(nn.Linear(both, hidden_size), nn.Sigmoid())
        self.propose = nn.Sequential(nn.Linear(both, hidden_size), nn.Tanh())

    def forward(self, x, h_prev):
        both = torch.cat([x, h_prev], dim=1)
        z, r = self.update(both), self.reset(both)
        proposal = self.propose(torch.cat([x, r * h_prev], dim=1))
        return torch.lerp(h_prev, proposal, z)


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
