"""The last state review by review."""

import torch
import torch.nn as nn


class GRUCell(nn.Module):
    """One step of a gated recurrent unit, as torch.nn.GRU has it.  B reviews, I input_size, H hidden_size.

    r_t  = sigmoid(W_r x_t + b_r + U_r h_{t-1} + c_r)              reset gate: how much of the past the candidate sees
    z_t  = sigmoid(W_z x_t + b_z + U_z h_{t-1} + c_z)              update gate: how much is kept
    h~_t = tanh(W_h x_t + b_h + r_t * (U_h h_{t-1} + c_h))         candidate: r_t acts after U_h
    h_t  = z_t * h_{t-1} + (1 - z_t) * h~_t                        new state: z_t weighs the past
    """

    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.W = nn.Linear(input_size, 3 * hidden_size)  # W_r, W_z and W_h below each other, with b_r, b_z and b_h
        self.U = nn.Linear(hidden_size, 3 * hidden_size)  # U_r, U_z and U_h, with c_r, c_z and c_h

    def forward(self, x, h_prev):  # (B, I), (B, H) -> (B, H)
        Wx_r, Wx_z, Wx_h = self.W(x).chunk(3, dim=1)  # (B, H) each, biases included
        Uh_r, Uh_z, Uh_h = self.U(h_prev).chunk(3, dim=1)
        r_t = torch.sigmoid(Wx_r + Uh_r)
        z_t = torch.sigmoid(Wx_z + Uh_z)
        h_tilde = torch.tanh(Wx_h + r_t * Uh_h)
        h_t = z_t * h_prev + (1 - z_t) * h_tilde
        return h_t


class GRUNet(nn.Module):
    """Reads reviews with a stack of GRU cells, and gives the log-probability of each opinion.

    B reviews, T words in the longest, I input_size, H hidden_size, O output_size.
    """

    def __init__(self, input_size, hidden_size, output_size, num_layers=1):
        super().__init__()
        self.hidden_size = hidden_size
        sizes = [input_size] + [hidden_size] * (num_layers - 1)
        self.cells = nn.ModuleList(GRUCell(size, hidden_size) for size in sizes)
        self.fc = nn.Linear(hidden_size, output_size)
        self.relu = nn.ReLU()
        self.log_softmax = nn.LogSoftmax(dim=1)

    def forward(self, x, lengths):  # (B, T, I) word vectors, (B,) words of each review -> (B, O)
        states = x
        for cell in self.cells:
            states = self.read(cell, states)
        last_state = torch.stack([states[b, length - 1] for b, length in enumerate(lengths.tolist())])
        return self.log_softmax(self.fc(self.relu(last_state)))

    def read(self, cell, x):  # (B, T, I) -> (B, T, H): the state after every word, h_0 = 0
        h_t = torch.zeros(x.size(0), self.hidden_size, device=x.device)
        states = []
        for x_t in x.unbind(dim=1):
            h_t = cell(x_t, h_t)
            states.append(h_t)
        return torch.stack(states, dim=1)
