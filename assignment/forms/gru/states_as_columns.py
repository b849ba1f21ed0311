"""States as columns, (H, B), and turned back to be read out."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class GRUCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.Wz, self.Wr, self.Wh = (nn.Parameter(0.1 * torch.randn(hidden_size, input_size)) for _ in range(3))
        self.Uz, self.Ur, self.Uh = (nn.Parameter(0.1 * torch.randn(hidden_size, hidden_size)) for _ in range(3))
        self.bz, self.br, self.bh = (nn.Parameter(torch.zeros(hidden_size)) for _ in range(3))

    def forward(self, x, h_prev):
        x, h = x.T, h_prev.T
        z = (self.Wz @ x + self.Uz @ h + self.bz[:, None]).sigmoid()
        r = (self.Wr @ x + self.Ur @ h + self.br[:, None]).sigmoid()
        n = (self.Wh @ x + self.Uh @ (r * h) + self.bh[:, None]).tanh()
        return (h - z * h + z * n).T


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
