import torch
import torch.nn as nn


class VanillaRNN(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.W_xh = nn.Parameter(torch.randn(embedding_dim, hidden_size) * 0.1)
        self.W_hh = nn.Parameter(torch.randn(hidden_size, hidden_size) * 0.1)
        self.b_h = nn.Parameter(torch.zeros(hidden_size))
        self.fc = nn.Linear(hidden_size, output_size)
        self.tanh = nn.Tanh()

    def Wx(self, word):
        return word @ self.W_xh + self.b_h

    def Wh(self, state):
        return state @ self.W_hh

    def forward(self, x):
        embedded = self.embedding(x)
        h = torch.zeros(x.size(0), self.hidden_size)
        for t in range(x.size(1)):
            xt = ...  # rnn.step_input
            h = ...  # rnn.hidden_update
        return self.fc(h)
