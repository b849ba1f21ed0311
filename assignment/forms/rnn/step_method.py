"""One step in a method of its own; states in a list."""

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

    def step(self, word, state):
        return torch.tanh(self.Wx(word) + self.Wh(state))

    def forward(self, x):
        states = [torch.zeros(len(x), self.hidden_size)]
        for t in range(x.shape[1]):
            states.append(self.step(self.embedding(x[:, t]), states[-1]))
        return F.log_softmax(self.fc(states[-1]), dim=-1)
