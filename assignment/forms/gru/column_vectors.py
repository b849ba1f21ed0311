"""Column vectors: W x with x (B, E, 1), and a squeeze at the end."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class GRUCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        scale = hidden_size**-0.5
        self.Wz = nn.Parameter(torch.empty(hidden_size, input_size).uniform_(-scale, scale))
        self.Uz = nn.Parameter(torch.empty(hidden_size, hidden_size).uniform_(-scale, scale))
        self.bz = nn.Parameter(torch.zeros(hidden_size, 1))
        self.Wr = nn.Parameter(torch.empty(hidden_size, input_size).uniform_(-scale, scale))
        self.Ur = nn.Parameter(torch.empty(hidden_size, hidden_size).uniform_(-scale, scale))
        self.br = nn.Parameter(torch.zeros(hidden_size, 1))
        self.Wh = nn.Parameter(torch.empty(hidden_size, input_size).uniform_(-scale, scale))
        self.Uh = nn.Parameter(torch.empty(hidden_size, hidden_size).uniform_(-scale, scale))
        self.bh = nn.Parameter(torch.zeros(hidden_size, 1))

    def forward(self, x, h_prev):
        x, h = x.unsqueeze(-1), h_prev.unsqueeze(-1)
        z = torch.sigmoid(torch.matmul(self.Wz, x) + torch.matmul(self.Uz, h) + self.bz)
        r = torch.sigmoid(torch.matmul(self.Wr, x) + torch.matmul(self.Ur, h) + self.br)
        c = torch.tanh(torch.matmul(self.Wh, x) + torch.matmul(self.Uh, r * h) + self.bh)
        return ((1 - z) * h + z * c).squeeze(-1)


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
