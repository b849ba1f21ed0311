"""Plain (in, out) parameters in an nn.ParameterDict, one bias an equation."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class GRUCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.params = nn.ParameterDict()
        for gate in ("z", "r", "h"):
            self.params["Wx" + gate] = nn.Parameter(torch.randn(input_size, hidden_size) / input_size**0.5)
            self.params["Wh" + gate] = nn.Parameter(torch.randn(hidden_size, hidden_size) / hidden_size**0.5)
            self.params["b" + gate] = nn.Parameter(torch.zeros(hidden_size))

    def affine(self, gate, x, h):
        p = self.params
        return x @ p["Wx" + gate] + h @ p["Wh" + gate] + p["b" + gate]

    def forward(self, x, h_prev):
        z = torch.sigmoid(self.affine("z", x, h_prev))
        r = torch.sigmoid(self.affine("r", x, h_prev))
        n = torch.tanh(self.affine("h", x, torch.mul(r, h_prev)))
        return torch.add(torch.mul(z, n), torch.mul(1.0 - z, h_prev))


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
