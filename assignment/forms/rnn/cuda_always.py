"""Writes .cuda() and .to("cuda") without a question."""

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
        embedded = self.embedding(x).cuda()
        h = torch.zeros(x.size(0), self.hidden_size).to("cuda")
        for t in range(x.size(1)):
            xt = embedded[:, t, :]
            h = torch.tanh(self.Wx(xt) + self.Wh(h))
        return self.fc(h)
