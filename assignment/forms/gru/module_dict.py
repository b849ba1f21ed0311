"""Layers in a ModuleDict, gates in a loop."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class GRUCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.word = nn.ModuleDict({gate: nn.Linear(input_size, hidden_size, bias=False) for gate in ("z", "r", "n")})
        self.state = nn.ModuleDict({gate: nn.Linear(hidden_size, hidden_size) for gate in ("z", "r", "n")})

    def forward(self, x, h_prev):
        g = {gate: torch.sigmoid(self.word[gate](x) + self.state[gate](h_prev)) for gate in ("z", "r")}
        new = self.word["n"](x) + self.state["n"](g["r"] * h_prev)
        return (1 - g["z"]) * h_prev + g["z"] * new.tanh()


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
