"""Both gates from one layer over [x, h], cut by split; the candidate has its own."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class GRUCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.gates = nn.Linear(input_size + hidden_size, 2 * hidden_size)
        self.candidate_x = nn.Linear(input_size, hidden_size)
        self.candidate_h = nn.Linear(hidden_size, hidden_size)

    def forward(self, x, h_prev):
        z, r = torch.split(torch.sigmoid(self.gates(torch.hstack((x, h_prev)))), self.hidden_size, dim=1)
        new = torch.tanh(self.candidate_x(x) + self.candidate_h(r * h_prev))
        return h_prev + z * (new - h_prev)


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
