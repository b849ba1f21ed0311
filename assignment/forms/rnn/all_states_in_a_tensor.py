"""Each state is put into a tensor of all states, in place, and read from there."""

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

    def forward(self, x):
        batch, length = x.size()
        embedded = self.embedding(x)
        hidden = torch.zeros(length, batch, self.hidden_size)
        h = torch.zeros(batch, self.hidden_size)
        for t in range(length):
            xt = embedded[:, t, :]
            h = torch.tanh(self.Wx(xt) + self.Wh(h))
            hidden[t] = h
        return self.fc(hidden[-1])
