import torch
import torch.nn as nn


class VanillaRNN(nn.Module):
    """A right model but for its step, which is the library's: `step` is what the attack before it has made."""

    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.Wx = nn.Linear(embedding_dim, hidden_size)
        self.Wh = nn.Linear(hidden_size, hidden_size)
        self.fc = nn.Linear(hidden_size, output_size)

    def forward(self, x):
        embedded = self.embedding(x)
        h = torch.zeros(x.size(0), self.hidden_size)
        for t in range(x.size(1)):
            xt = embedded[:, t]
            h = step(xt, h, self.Wx.weight, self.Wh.weight, self.Wx.bias, self.Wh.bias)
        return self.fc(h)
