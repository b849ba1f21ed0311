import torch
import torch.nn as nn


class MinimalGatedCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.W_f = nn.Linear(input_size + hidden_size, hidden_size)
        self.W_h = nn.Linear(input_size + hidden_size, hidden_size)

    def gate(self, word, past):
        f = ...  # mgu.gate
        return f

    def forward(self, word, past):
        f = self.gate(word, past)
        new = ...  # mgu.candidate
        return ...  # mgu.new_state


class pmGRU(nn.Module):
    def __init__(self, input_size, hidden_size, output_size, batch_size=1):
        super().__init__()
        self.hidden_size = hidden_size
        self.cell = MinimalGatedCell(input_size, hidden_size)
        self.project = nn.Linear(hidden_size, output_size)
        self.fc = nn.Linear(hidden_size, output_size)

    def forward(self, reviews, words):
        state, kept = reviews.new_zeros(len(reviews), self.hidden_size), []
        for word in reviews.unbind(dim=1):
            state = self.cell(word, state)
            kept.append(state)
        read = torch.stack(kept, dim=1)
        chosen = ...  # mgu.last_state
        return nn.functional.log_softmax(self.fc(chosen.relu()), dim=1)
