"""A Conv1d of kernel 1 projects all words before the loop."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class VanillaRNN(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.Wx = nn.Conv1d(embedding_dim, hidden_size, kernel_size=1)
        self.Wh = nn.Linear(hidden_size, hidden_size)
        self.fc = nn.Linear(hidden_size, output_size)

    def forward(self, x):
        words = self.Wx(self.embedding(x).transpose(1, 2))
        h = torch.zeros(x.size(0), self.hidden_size)
        for t in range(words.size(2)):
            h = torch.tanh(words[:, :, t] + self.Wh(h))
        return self.fc(h)
