"""Turns the words to (T, B, E) and zips over them; tanh on y through a Sequential."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class VanillaRNN(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.Wx = nn.Linear(embedding_dim, hidden_size)
        self.Wh = nn.Linear(hidden_size, hidden_size)
        self.fc = nn.Linear(hidden_size, output_size)
        self.squash = nn.Tanh()

    def init_hidden(self, batch):
        return torch.zeros(batch, self.hidden_size)

    def forward(self, x):
        embedded = self.embedding(x).transpose(0, 1).contiguous()
        h = self.init_hidden(embedded.size(1))
        for t, xt in enumerate(embedded):
            h = torch.tanh(torch.add(self.Wx(xt), self.Wh(h)))
        return self.squash(self.fc(h))
