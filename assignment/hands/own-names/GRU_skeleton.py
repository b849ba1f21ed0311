import torch
import torch.nn as nn


class GRUCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.W_z = nn.Linear(input_size, hidden_size)
        self.U_z = nn.Linear(hidden_size, hidden_size)
        self.W_r = nn.Linear(input_size, hidden_size)
        self.U_r = nn.Linear(hidden_size, hidden_size)
        self.W_h = nn.Linear(input_size, hidden_size)
        self.U_h = nn.Linear(hidden_size, hidden_size)

    def gates(self, word, past):
        z = ...  # gru.update_gate
        r = ...  # gru.reset_gate
        return z, r

    def forward(self, word, past):
        z, r = self.gates(word, past)
        new = ...  # gru.candidate
        return ...  # gru.new_state


class GRUModel(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.gru_cell = GRUCell(embedding_dim, hidden_size)
        self.fc = nn.Linear(hidden_size, output_size)

    def forward(self, documents):
        words = self.embedding(documents)
        state = words.new_zeros(len(words), self.hidden_size)
        for word in words.unbind(dim=1):
            state = self.gru_cell(word, state)
        return self.fc(state)
