"""Embeds a word when it reads it; (B, 1, H) states that are squeezed at the end."""

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
        h = torch.zeros(x.size(0), 1, self.hidden_size)
        for t in range(x.size(1)):
            word = self.embedding(x[:, t : t + 1])
            h = torch.tanh(self.Wx(word) + self.Wh(h))
        return self.fc(h.squeeze(1))
