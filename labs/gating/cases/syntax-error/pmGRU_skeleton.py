# pmGRU_skeleton.py: generated from labs/gating/notebook.py. Students: fill in every `...` and keep the names.
import torch
import torch.nn as nn


class MinimalGatedCell(nn.Module):
    """One step of the minimal gated unit of Heck and Salem.  B reviews, I input_size, H hidden_size.

    f_t  = sigmoid(W_f [x_t, h_{t-1}] + b_f)              the one gate: how much is seen, and how much is replaced
    h~_t = tanh(W_h [x_t, f_t * h_{t-1}] + b_h)           candidate: f_t acts before the matrix
    h_t  = (1 - f_t) * h_{t-1} + f_t * h~_t               new state: f_t weighs the candidate
    """

    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.W_f = nn.Linear(input_size + hidden_size, hidden_size)
        self.W_h = nn.Linear(input_size + hidden_size, hidden_size)

    def forward(self, x, h_prev):  # (B, I), (B, H) -> (B, H)
        f_t = torch.sigmoid(self.W_f(torch.cat((x, h_prev), dim=1)))
        h_tilde = torch.tanh(self.W_h(torch.cat((x, f_t * h_prev), dim=1)))
        h_t = (1 - f_t) * h_prev + f_t * h_tilde
        return h_t


class pmGRU(nn.Module):  # the homework's name
    """Reads reviews with one minimal gated cell, and gives the log-probability of each opinion.

    B reviews, T words in the longest, I input_size, H hidden_size, O output_size.  `batch_size` is the homework's:
    nothing depends on it here, since a batch says its own size.
    """

    def __init__(self, input_size, hidden_size, output_size, batch_size=1):
        super().__init__()
        self.hidden_size = hidden_size
        self.cell = MinimalGatedCell(input_size, hidden_size)
        # The homework's second output projection, which nothing reads.
        self.project = nn.Linear(hidden_size, output_size)
        self.fc = nn.Linear(hidden_size, output_size)
        self.relu = nn.ReLU()
        self.log_softmax = nn.LogSoftmax(dim=1)

    def forward(self, x, lengths):  # (B, T, I) word vectors, (B,) words of each review -> (B, O)
        h_t = torch.zeros(x.size(0), self.hidden_size, device=x.device)  # (B, H): h_0
        states = []
        for x_t in x.unbind(dim=1):
            h_t = self.cell(x_t, h_t)
            states.append(h_t)
        states = torch.stack(states, dim=1)  # (B, T, H): the state after every word
        last_state = states[torch.arange(len(states)), lengths - 1]
        return self.log_softmax(self.fc(self.relu(last_state)))
