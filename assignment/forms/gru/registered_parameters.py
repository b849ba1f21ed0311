"""Parameters registered by name in a loop, started with Xavier."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class GRUCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        for gate in "zrh":
            self.register_parameter(f"W_{gate}", nn.Parameter(torch.empty(hidden_size, input_size)))
            self.register_parameter(f"U_{gate}", nn.Parameter(torch.empty(hidden_size, hidden_size)))
            self.register_parameter(f"b_{gate}", nn.Parameter(torch.zeros(hidden_size)))
        for name, weight in self.named_parameters():
            if weight.dim() > 1:
                nn.init.xavier_uniform_(weight)

    def total(self, gate, x, h):
        W, U, b = (getattr(self, f"{letter}_{gate}") for letter in "WUb")
        return F.linear(x, W, b) + F.linear(h, U)

    def forward(self, x, h_prev):
        z_t = self.total("z", x, h_prev).sigmoid()
        r_t = self.total("r", x, h_prev).sigmoid()
        h_tilde = self.total("h", x, r_t * h_prev).tanh()
        return (1 - z_t) * h_prev + z_t * h_tilde


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
