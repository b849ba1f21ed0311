"""Each gate is a module of its own, with its activation handed over."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Gate(nn.Module):
    """act(W x + U h)"""

    def __init__(self, input_size, hidden_size, act):
        super().__init__()
        self.from_input = nn.Linear(input_size, hidden_size, bias=False)
        self.from_hidden = nn.Linear(hidden_size, hidden_size)
        self.act = act

    def forward(self, x, h):
        return self.act(self.from_input(x) + self.from_hidden(h))


class GRUCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.update_gate = Gate(input_size, hidden_size, nn.Sigmoid())
        self.reset_gate = Gate(input_size, hidden_size, nn.Sigmoid())
        self.candidate = Gate(input_size, hidden_size, nn.Tanh())

    def forward(self, x, h_prev):
        z = self.update_gate(x, h_prev)
        r = self.reset_gate(x, h_prev)
        return (1 - z) * h_prev + z * self.candidate(x, r * h_prev)


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
