import torch
import torch.nn as nn
import torch.nn.functional as F


class VanillaRNN(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.i2h = nn.Linear(embedding_dim + hidden_size, hidden_size)
        self.fc = nn.Linear(hidden_size, output_size)

    def Wx(self, word):
        return F.linear(word, self.i2h.weight[:, : word.size(1)], self.i2h.bias)

    def Wh(self, state):
        return F.linear(state, self.i2h.weight[:, -self.hidden_size :])

    def tanh(self, total):
        return torch.tanh(total)

    def forward(self, x):
        embedded = self.embedding(x)
        h = torch.zeros(x.size(0), self.hidden_size)
        for t in range(x.size(1)):
            xt = ...  # rnn.step_input
            h = ...  # rnn.hidden_update
        return self.fc(h)
