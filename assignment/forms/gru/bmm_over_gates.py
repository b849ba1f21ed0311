"""All three input projections in one bmm, the two gates in another."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class GRUCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.W = nn.Parameter(torch.randn(3, input_size, hidden_size) * 0.1)
        self.U = nn.Parameter(torch.randn(3, hidden_size, hidden_size) * 0.1)
        self.b = nn.Parameter(torch.zeros(3, hidden_size))

    def forward(self, x, h_prev):
        projected = torch.bmm(x.expand(3, *x.shape), self.W) + self.b.unsqueeze(1)
        z, r = torch.sigmoid(projected[:2] + torch.bmm(h_prev.expand(2, *h_prev.shape), self.U[:2])).unbind(0)
        n = torch.tanh(projected[2] + (r * h_prev) @ self.U[2])
        return (1 - z) * h_prev + z * n


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
