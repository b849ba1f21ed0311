"""F.linear and addmm over parameters, (out, in)."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class GRUCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.Wz = nn.Parameter(torch.empty(hidden_size, input_size).uniform_(-0.1, 0.1))
        self.Uz = nn.Parameter(torch.empty(hidden_size, hidden_size).uniform_(-0.1, 0.1))
        self.bz = nn.Parameter(torch.zeros(hidden_size))
        self.Wr = nn.Parameter(torch.empty(hidden_size, input_size).uniform_(-0.1, 0.1))
        self.Ur = nn.Parameter(torch.empty(hidden_size, hidden_size).uniform_(-0.1, 0.1))
        self.br = nn.Parameter(torch.zeros(hidden_size))
        self.Wh = nn.Parameter(torch.empty(hidden_size, input_size).uniform_(-0.1, 0.1))
        self.Uh = nn.Parameter(torch.empty(hidden_size, hidden_size).uniform_(-0.1, 0.1))
        self.bh = nn.Parameter(torch.zeros(hidden_size))

    def forward(self, x, h_prev):
        z = torch.addmm(self.bz, x, self.Wz.t()).add(F.linear(h_prev, self.Uz)).sigmoid()
        r = torch.addmm(self.br, x, self.Wr.t()).add(F.linear(h_prev, self.Ur)).sigmoid()
        c = torch.tanh(F.linear(x, self.Wh, self.bh) + F.linear(r * h_prev, self.Uh))
        out = z.mul(c) + (1 - z).mul(h_prev)
        return out


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
