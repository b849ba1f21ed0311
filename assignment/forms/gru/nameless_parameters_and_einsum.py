"""Nameless parameters, (out, in), multiplied by einsum; a list holds the biases."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class GRUCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.a = nn.Parameter(torch.randn(3, hidden_size, input_size) * 0.1)
        self.b = nn.Parameter(torch.randn(3, hidden_size, hidden_size) * 0.1)
        self.c = nn.ParameterList([nn.Parameter(torch.zeros(hidden_size)) for _ in range(3)])

    def forward(self, x, h_prev):
        word = torch.einsum("bi,goi->gbo", x, self.a)
        r_t = torch.sigmoid(word[0] + torch.einsum("bi,oi->bo", h_prev, self.b[0]) + self.c[0])
        z_t = torch.sigmoid(word[1] + torch.einsum("bi,oi->bo", h_prev, self.b[1]) + self.c[1])
        n_t = torch.tanh(word[2] + torch.einsum("bi,oi->bo", r_t * h_prev, self.b[2]) + self.c[2])
        return torch.lerp(h_prev, n_t, z_t)


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
