"""One-hot words times the table; states in a tensor made beforehand."""

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
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.gru_cell = GRUCell(embedding_dim, hidden_size)
        self.fc = nn.Linear(hidden_size, output_size)

    def forward(self, x):
        words = F.one_hot(x, self.embedding.num_embeddings).float() @ self.embedding.weight
        outputs = []
        h = torch.zeros(words.shape[0], self.hidden_size)
        for i in range(words.shape[1]):
            h = self.gru_cell(words[:, i, :], h)
            outputs += [h.unsqueeze(1)]
        outputs = torch.cat(outputs, dim=1)
        return self.fc(outputs[:, -1, :])
