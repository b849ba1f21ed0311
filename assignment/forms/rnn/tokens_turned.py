"""Turns the tokens, not the embedding, and reads them from an iterator."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class VanillaRNN(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super(VanillaRNN, self).__init__()
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(vocab_size, embedding_dim, padding_idx=0)
        self.x2h = nn.Linear(embedding_dim, hidden_size)
        self.h2h = nn.Linear(hidden_size, hidden_size, bias=False)
        self.h2y = nn.Linear(hidden_size, output_size)
        for name, p in self.named_parameters():
            if "weight" in name and "embedding" not in name:
                nn.init.xavier_normal_(p)

    def forward(self, x):
        steps = iter(x.t())
        h_prev = self.h2h.weight.new_zeros((x.shape[0], self.hidden_size))
        while True:
            try:
                tokens = next(steps)
            except StopIteration:
                break
            h_prev = torch.tanh(self.x2h(self.embedding(tokens)) + self.h2h(h_prev))
        y = self.h2y(h_prev)
        return y
