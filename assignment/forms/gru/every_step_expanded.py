"""In-place activations on fresh sums, intermediate products named one by one."""

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
        wz = self.W_z(x)
        uz = self.U_z(h_prev)
        z = torch.sigmoid_(wz + uz)
        wr = self.W_r(x)
        ur = self.U_r(h_prev)
        r = torch.sigmoid_(wr + ur)
        rh = r * h_prev
        wh = self.W_h(x)
        uh = self.U_h(rh)
        h_candidate = torch.tanh_(wh + uh)
        one_minus_z = torch.ones_like(z) - z
        old = one_minus_z * h_prev
        new = z * h_candidate
        h_next = old + new
        return h_next


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
