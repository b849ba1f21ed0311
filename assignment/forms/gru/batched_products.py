"""All gates in one torch.baddbmm: weights and biases stacked on an axis of their own, (3, E, H) and (3, 1, H)."""

import torch
import torch.nn as nn


class GRUCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.W = nn.Parameter(torch.randn(3, input_size, hidden_size) * 0.1)
        self.U = nn.Parameter(torch.randn(3, hidden_size, hidden_size) * 0.1)
        self.b = nn.Parameter(torch.zeros(3, 1, hidden_size))

    def forward(self, x, h_prev):
        from_word = torch.baddbmm(self.b, x.expand(3, *x.shape), self.W)
        from_state = torch.bmm(h_prev.expand(2, *h_prev.shape), self.U[:2])
        update, reset = torch.sigmoid(from_word[:2] + from_state)
        fresh = torch.tanh(from_word[2] + (reset * h_prev) @ self.U[2])
        return torch.lerp(h_prev, fresh, update)


class GRUModel(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.gru_cell = GRUCell(embedding_dim, hidden_size)
        self.fc = nn.Linear(hidden_size, output_size)

    def forward(self, x):
        h = torch.zeros(len(x), self.hidden_size)
        for words in self.embedding(x).unbind(dim=1):
            h = self.gru_cell(words, h)
        return self.fc(h)
