"""Plain parameters, (in, out), multiplied from the right, with a bias each."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class GRUCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size

        def weights(rows):
            return nn.Parameter(torch.randn(rows, hidden_size) * 0.1)

        self.W_xz, self.W_hz, self.b_z = (
            weights(input_size),
            weights(hidden_size),
            nn.Parameter(torch.zeros(hidden_size)),
        )
        self.W_xr, self.W_hr, self.b_r = (
            weights(input_size),
            weights(hidden_size),
            nn.Parameter(torch.zeros(hidden_size)),
        )
        self.W_xh, self.W_hh, self.b_h = (
            weights(input_size),
            weights(hidden_size),
            nn.Parameter(torch.zeros(hidden_size)),
        )

    def forward(self, x, h_prev):
        Z = torch.sigmoid(x @ self.W_xz + h_prev @ self.W_hz + self.b_z)
        R = torch.sigmoid(x @ self.W_xr + h_prev @ self.W_hr + self.b_r)
        H_tilde = torch.tanh(x @ self.W_xh + (R * h_prev) @ self.W_hh + self.b_h)
        return Z * H_tilde + (1 - Z) * h_prev


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
