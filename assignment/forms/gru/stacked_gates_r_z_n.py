"""Reset gate first, as torch.nn.GRU stacks them, and slices in place of chunks."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class GRUCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.gates = nn.Linear(input_size + hidden_size, 2 * hidden_size)
        self.new = nn.Linear(input_size + hidden_size, hidden_size)

    def forward(self, x, h_prev):
        H = self.hidden_size
        both = torch.sigmoid(self.gates(torch.cat([x, h_prev], dim=1)))
        r, z = both[:, :H], both[:, H:]
        n = torch.tanh(self.new(torch.cat([x, r * h_prev], dim=1)))
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
