# GRU_skeleton.py: generated from assignment/notebook.py. Students: fill in every `...` and keep the names.
import torch
import torch.nn as nn


class GRUCell(nn.Module):
    """One step of a gated recurrent unit.  B documents, E input_size, H hidden_size.

    z_t  = sigmoid(W_z x_t + U_z h_{t-1} + b_z)            update gate: how much is replaced
    r_t  = sigmoid(W_r x_t + U_r h_{t-1} + b_r)            reset gate: how much of the past the candidate sees
    h~_t = tanh(W_h x_t + U_h (r_t * h_{t-1}) + b_h)       candidate: r_t acts before U_h (torch.nn.GRU: after)
    h_t  = (1 - z_t) * h_{t-1} + z_t * h~_t                new state: z_t weighs the candidate (torch.nn.GRU: the past)
    """

    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        # what does each layer read, and what does it give?
        self.W_z = nn.Linear(..., ...)
        self.U_z = nn.Linear(..., ...)
        self.W_r = nn.Linear(..., ...)
        self.U_r = nn.Linear(..., ...)
        self.W_h = nn.Linear(..., ...)
        self.U_h = nn.Linear(..., ...)

    def forward(self, x, h_prev):  # (B, E), (B, H) -> (B, H)
        z_t = ...  # z_t = sigmoid(W_z x_t + U_z h_{t-1} + b_z)
        r_t = ...  # r_t = sigmoid(W_r x_t + U_r h_{t-1} + b_r)
        h_tilde = ...  # h~_t = tanh(W_h x_t + U_h (r_t * h_{t-1}) + b_h)
        h_t = ...  # h_t = (1 - z_t) * h_{t-1} + z_t * h~_t
        return h_t


class GRUModel(nn.Module):
    """Reads a text with a GRUCell, word by word, and gives one score for each class.

    B documents, T words, E embedding_dim, H hidden_size, O output_size.
    """

    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.gru_cell = GRUCell(embedding_dim, hidden_size)
        self.fc = nn.Linear(hidden_size, output_size)

    def forward(self, x):  # (B, T) word indices -> (B, O) scores
        embedded = self.embedding(x)  # (B, T, E)
        h_t = torch.zeros(x.size(0), self.hidden_size, device=x.device)  # (B, H): h_0
        for t in range(x.size(1)):
            h_t = ...  # h_t: what the cell makes of the word at step t and of the state before
        return self.fc(h_t)
