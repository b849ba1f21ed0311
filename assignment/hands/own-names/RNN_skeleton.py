import torch
import torch.nn as nn


class VanillaRNN(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.Wx = nn.Linear(embedding_dim, hidden_size)
        self.Wh = nn.Linear(hidden_size, hidden_size)
        self.fc = nn.Linear(hidden_size, output_size)
        self.tanh = nn.Tanh()

    def step(self, word, past):
        new = ...  # rnn.hidden_update
        return new

    def forward(self, documents):
        words = self.embedding(documents)
        state = words.new_zeros(len(words), self.hidden_size)
        for word in words.unbind(dim=1):
            state = self.step(word, state)
        return self.fc(state)
