import torch
import torch.nn as nn


class VanillaRNN(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.project = nn.Linear(embedding_dim, hidden_size)
        self.Wh = nn.Linear(hidden_size, hidden_size, bias=False)
        self.fc = nn.Linear(hidden_size, output_size)
        self.tanh = nn.Tanh()

    def Wx(self, projected):
        return projected

    def forward(self, x):
        embedded = self.project(self.embedding(x))
        h = torch.zeros(x.size(0), self.hidden_size)
        for t in range(x.size(1)):
            xt = ...  # rnn.step_input
            h = ...  # rnn.hidden_update
        return self.fc(h)
