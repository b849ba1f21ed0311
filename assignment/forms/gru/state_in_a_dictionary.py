"""The state is a dictionary that goes through the loop; results of a step, too."""

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
        out = {}
        out["z"] = torch.sigmoid(self.W_z(x) + self.U_z(h_prev))
        out["r"] = torch.sigmoid(self.W_r(x) + self.U_r(h_prev))
        out["n"] = torch.tanh(self.W_h(x) + self.U_h(out["r"] * h_prev))
        out["h"] = (1 - out["z"]) * h_prev + out["z"] * out["n"]
        return out["h"]


class GRUModel(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.gru_cell = GRUCell(embedding_dim, hidden_size)
        self.fc = nn.Linear(hidden_size, output_size)

    def forward(self, x):
        state = {"h": torch.zeros(x.size(0), self.hidden_size), "step": 0}
        embedded = self.embedding(x)
        while state["step"] < x.size(1):
            state["h"] = self.gru_cell(embedded[:, state["step"]], state["h"])
            state["step"] += 1
        return self.fc(state["h"])
