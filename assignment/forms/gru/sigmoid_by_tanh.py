"""sigmoid(a) as (1 + tanh(a / 2)) / 2, and the mix by addcmul."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class GRUCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.W_z = nn.Linear(input_size, hidden_size)
        self.U_z = nn.Linear(hidden_size, hidden_size)
        self.W_r = nn.Linear(input_size, hidden_size)
        self.U_r = nn.Linear(hidden_size, hidden_size)
        self.W_h = nn.Linear(input_size, hidden_size)
        self.U_h = nn.Linear(hidden_size, hidden_size)

    def forward(self, x, h_prev):
        z_t = 0.5 * (1 + torch.tanh(0.5 * (self.W_z(x) + self.U_z(h_prev))))
        r_t = 0.5 * (1 + torch.tanh(0.5 * (self.W_r(x) + self.U_r(h_prev))))
        h_tilde = torch.tanh(self.W_h(x) + self.U_h(r_t * h_prev))
        h_t = torch.addcmul(h_prev, z_t, h_tilde - h_prev)
        return h_t


class GRUModel(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.gru_cell = GRUCell(embedding_dim, hidden_size)
        self.fc = nn.Linear(hidden_size, output_size)

    def forward(self, x):
        words = self.embedding(x).permute(1, 0, 2)
        h_t = words.new_zeros(words.shape[1], self.hidden_size)
        for index in range(len(words)):
            h_t = self.gru_cell(words[index], h_t)
        return self.fc(h_t)
