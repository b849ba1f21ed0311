import torch
import torch.nn as nn


class GRUCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.size = hidden_size
        self.of_word = nn.Linear(input_size, 3 * hidden_size)
        self.of_state = nn.Linear(hidden_size, 3 * hidden_size)

    def W_z(self, word):
        return self.of_word(word)[:, :self.size]

    def U_z(self, state):
        return self.of_state(state)[:, :self.size]

    def W_r(self, word):
        return self.of_word(word)[:, self.size : 2 * self.size]

    def U_r(self, state):
        return self.of_state(state)[:, self.size : 2 * self.size]

    def W_h(self, word):
        return self.of_word(word)[:, 2 * self.size :]

    def U_h(self, state):
        return self.of_state(state)[:, 2 * self.size :]

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
