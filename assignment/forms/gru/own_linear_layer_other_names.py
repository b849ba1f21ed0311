"""A linear layer of an own, with a weight (in, out), under other names."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Dense(nn.Module):
    def __init__(self, n_in, n_out, activation):
        super().__init__()
        self.kernel = nn.Parameter(torch.randn(n_in, n_out) * (1 / n_in) ** 0.5)
        self.bias = nn.Parameter(torch.zeros(n_out))
        self.activation = activation

    def forward(self, *inputs):
        return self.activation(torch.cat(inputs, dim=-1) @ self.kernel + self.bias)


class GRUCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.update = Dense(input_size + hidden_size, hidden_size, torch.sigmoid)
        self.reset = Dense(input_size + hidden_size, hidden_size, torch.sigmoid)
        self.new = Dense(input_size + hidden_size, hidden_size, torch.tanh)

    def forward(self, x, h_prev):
        z, r = self.update(x, h_prev), self.reset(x, h_prev)
        return (1 - z) * h_prev + z * self.new(x, r * h_prev)


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
