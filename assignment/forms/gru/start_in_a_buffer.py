"""The start is a registered buffer, expanded to the batch; dropout of 0."""

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
        z_t = torch.sigmoid(self.W_z(x) + self.U_z(h_prev))
        r_t = torch.sigmoid(self.W_r(x) + self.U_r(h_prev))
        h_tilde = torch.tanh(self.W_h(x) + self.U_h(r_t * h_prev))
        h_t = (1 - z_t) * h_prev + z_t * h_tilde
        return h_t


class GRUModel(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size, dropout=0.0):
        super().__init__()
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(vocab_size, embedding_dim, padding_idx=0)
        self.dropout = nn.Dropout(p=dropout)
        self.gru_cell = GRUCell(embedding_dim, hidden_size)
        self.fc = nn.Linear(hidden_size, output_size)
        self.register_buffer("h0", torch.zeros(1, hidden_size))

    def forward(self, x):
        batch_size, seq_len = x.shape
        embedded = self.dropout(self.embedding(x))
        h_t = self.h0.expand(batch_size, -1)
        for t in range(seq_len):
            x_t = embedded.narrow(1, t, 1).squeeze(1)
            h_t = self.gru_cell(x_t, h_t)
        return self.fc(self.dropout(h_t))
