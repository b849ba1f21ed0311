import torch
import torch.nn as nn


class GRUCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.W_xz = nn.Parameter(torch.randn(input_size, hidden_size) * 0.1)
        self.W_hz = nn.Parameter(torch.randn(hidden_size, hidden_size) * 0.1)
        self.b_z = nn.Parameter(torch.zeros(hidden_size))
        self.W_xr = nn.Parameter(torch.randn(input_size, hidden_size) * 0.1)
        self.W_hr = nn.Parameter(torch.randn(hidden_size, hidden_size) * 0.1)
        self.b_r = nn.Parameter(torch.zeros(hidden_size))
        self.W_xh = nn.Parameter(torch.randn(input_size, hidden_size) * 0.1)
        self.W_hh = nn.Parameter(torch.randn(hidden_size, hidden_size) * 0.1)
        self.b_h = nn.Parameter(torch.zeros(hidden_size))

    def W_z(self, word):
        return word @ self.W_xz + self.b_z

    def U_z(self, state):
        return state @ self.W_hz

    def W_r(self, word):
        return word @ self.W_xr + self.b_r

    def U_r(self, state):
        return state @ self.W_hr

    def W_h(self, word):
        return word @ self.W_xh + self.b_h

    def U_h(self, state):
        return state @ self.W_hh

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
