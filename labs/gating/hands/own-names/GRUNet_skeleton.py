import torch
import torch.nn as nn


class GRUCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.W = nn.Linear(input_size, 3 * hidden_size)
        self.U = nn.Linear(hidden_size, 3 * hidden_size)

    def forward(self, word, past):
        word_r, word_z, word_h = self.W(word).chunk(3, dim=1)
        past_r, past_z, past_h = self.U(past).chunk(3, dim=1)
        r = ...  # gru.reset_gate
        z = ...  # gru.update_gate
        new = ...  # gru.candidate
        return ...  # gru.new_state


class GRUNet(nn.Module):
    def __init__(self, input_size, hidden_size, output_size, num_layers=1):
        super().__init__()
        self.hidden_size = hidden_size
        sizes = [input_size, *[hidden_size] * (num_layers - 1)]
        self.cells = nn.ModuleList([GRUCell(size, hidden_size) for size in sizes])
        self.fc = nn.Linear(hidden_size, output_size)

    def forward(self, reviews, words):
        read = reviews
        for cell in self.cells:
            state, kept = read.new_zeros(len(read), self.hidden_size), []
            for word in read.unbind(dim=1):
                state = cell(word, state)
                kept.append(state)
            read = torch.stack(kept, dim=1)
        chosen = ...  # gru.last_state
        return nn.functional.log_softmax(self.fc(chosen.relu()), dim=1)
