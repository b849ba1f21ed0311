"""Cells in a ModuleList of one layer, as for a deep GRU."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class GRUCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.W_z = nn.Linear(input_size, hidden_size)
        self.U_z = nn.Linear(hidden_size, hidden_size)
        self.W_r = nn.Linear(input_size, hidden_size)
        self.U_r = nn.Linear(hidden_size, hidden_size)
        self.W_h = nn.Linear(input_size, hidden_size)
        self.U_h = nn.Linear(hidden_size, hidden_size)

    def forward(self, x, h_prev):
        z_t = torch.sigmoid(self.W_z(x) + self.U_z(h_prev))
        r_t = torch.sigmoid(self.W_r(x) + self.U_r(h_prev))
        h_tilde = torch.tanh(self.W_h(x) + self.U_h(r_t * h_prev))
        h_t = (1 - z_t) * h_prev + z_t * h_tilde
        return h_t


class GRUModel(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size, num_layers=1):
        super().__init__()
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.cells = nn.ModuleList(
            GRUCell(embedding_dim if layer == 0 else hidden_size, hidden_size) for layer in range(num_layers)
        )
        self.fc = nn.Linear(hidden_size, output_size)

    def forward(self, x):
        emb = self.embedding(x)
        h = [torch.zeros(x.size(0), self.hidden_size, device=x.device) for _ in range(self.num_layers)]
        for t in range(emb.size(1)):
            inp = emb[:, t, :]
            for layer, cell in enumerate(self.cells):
                h[layer] = cell(inp, h[layer])
                inp = h[layer]
        return self.fc(h[-1])
