"""The cell is right; the model embeds, transposes, walks over unbound steps and names its parts otherwise."""

import torch
import torch.nn as nn


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
        z_t = torch.sigmoid(self.W_z(x) + self.U_z(h_prev))
        r_t = torch.sigmoid(self.W_r(x) + self.U_r(h_prev))
        h_tilde = torch.tanh(self.W_h(x) + self.U_h(r_t * h_prev))
        h_t = (1 - z_t) * h_prev + z_t * h_tilde
        return h_t


class GRUModel(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super().__init__()
        self.emb = nn.Embedding(vocab_size, embedding_dim, padding_idx=0)
        self.cell = GRUCell(embedding_dim, hidden_size)
        self.out = nn.Linear(hidden_size, output_size)
        self.drop = nn.Dropout(0.3)

    def forward(self, x):
        steps = self.drop(self.emb(x)).transpose(0, 1)
        h = steps.new_zeros(x.shape[0], self.cell.hidden_size)
        for word in steps.unbind(0):
            h = self.cell(word, h)
        return torch.tanh(self.out(h))
