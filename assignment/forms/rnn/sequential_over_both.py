"""nn.Sequential over [h, x], a learned table, states written into a list."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class VanillaRNN(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.embed = nn.Embedding.from_pretrained(torch.randn(vocab_size, embedding_dim), freeze=False)
        self.update = nn.Sequential(nn.Linear(hidden_size + embedding_dim, hidden_size), nn.Tanh())
        self.classifier = nn.Sequential(nn.Dropout(0.2), nn.Linear(hidden_size, output_size))

    def forward(self, x):
        emb = self.embed(x)
        states = [torch.zeros(x.size(0), self.hidden_size)] * (x.size(1) + 1)
        for t in range(1, x.size(1) + 1):
            states[t] = self.update(torch.hstack([states[t - 1], emb[:, t - 1]]))
        return self.classifier(states[x.size(1)])
