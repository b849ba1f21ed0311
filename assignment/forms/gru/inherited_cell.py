"""The cell inherits its gates from a class of its own."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Gates(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.W_z, self.U_z = nn.Linear(input_size, hidden_size), nn.Linear(hidden_size, hidden_size)
        self.W_r, self.U_r = nn.Linear(input_size, hidden_size), nn.Linear(hidden_size, hidden_size)

    def both(self, x, h):
        return torch.sigmoid(self.W_z(x) + self.U_z(h)), torch.sigmoid(self.W_r(x) + self.U_r(h))


class GRUCell(Gates):
    def __init__(self, input_size, hidden_size):
        super().__init__(input_size, hidden_size)
        self.W_h, self.U_h = nn.Linear(input_size, hidden_size), nn.Linear(hidden_size, hidden_size)

    def forward(self, x, h_prev):
        z, r = self.both(x, h_prev)
        return (1 - z) * h_prev + z * torch.tanh(self.W_h(x) + self.U_h(r * h_prev))


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
