import torch
import torch.nn as nn
import torch.nn.functional as F


class GRUCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.size = input_size
        self.update = nn.Linear(input_size + hidden_size, hidden_size)
        self.reset = nn.Linear(input_size + hidden_size, hidden_size)
        self.new = nn.Linear(input_size + hidden_size, hidden_size)

    def W_z(self, word):
        return F.linear(word, self.update.weight[:, : self.size], self.update.bias)

    def U_z(self, state):
        return F.linear(state, self.update.weight[:, self.size :])

    def W_r(self, word):
        return F.linear(word, self.reset.weight[:, : self.size], self.reset.bias)

    def U_r(self, state):
        return F.linear(state, self.reset.weight[:, self.size :])

    def W_h(self, word):
        return F.linear(word, self.new.weight[:, : self.size], self.new.bias)

    def U_h(self, state):
        return F.linear(state, self.new.weight[:, self.size :])

    def forward(self, x, h_prev):
        z_t = ...  # gru.update_gate
        r_t = ...  # gru.reset_gate
        h_tilde = ...  # gru.candidate
        h_t = ...  # gru.new_state
        return h_t


class GRUModel(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.gru_cell = GRUCell(embedding_dim, hidden_size)
        self.fc = nn.Linear(hidden_size, output_size)

    def forward(self, x):
        embedded = self.embedding(x)
        h_t = torch.zeros(x.size(0), self.hidden_size)
        for t in range(x.size(1)):
            h_t = ...  # gru.unroll
        return self.fc(h_t)
