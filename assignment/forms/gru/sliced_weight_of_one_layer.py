"""One layer over [x, h] for all three, its weight's last rows used for the candidate."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class GRUCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.linear = nn.Linear(input_size + hidden_size, 3 * hidden_size)

    def forward(self, x, h_prev):
        n = self.hidden_size
        weight, bias = self.linear.weight, self.linear.bias
        gates = torch.sigmoid(F.linear(torch.cat((x, h_prev), -1), weight[: 2 * n], bias[: 2 * n]))
        update, reset = torch.split(gates, n, dim=-1)
        new = torch.tanh(F.linear(torch.cat((x, reset * h_prev), -1), weight[2 * n :], bias[2 * n :]))
        return update * new + (1 - update) * h_prev


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
