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
        # W_z, W_r, W_h: E -> H; U_z, U_r, U_h: H -> H
        self.W_z = nn.Linear(input_size, hidden_size)
        self.U_z = nn.Linear(hidden_size, hidden_size)
        self.W_r = nn.Linear(input_size, hidden_size)
        self.U_r = nn.Linear(hidden_size, hidden_size)
        self.W_h = nn.Linear(input_size, hidden_size)
        self.U_h = nn.Linear(hidden_size, hidden_size)

    def forward(self, x, h_prev):  # (B, E), (B, H) -> (B, H)
        z_t = torch.sigmoid(self.W_z(x) + self.U_z(h_prev))  # z_t = sigmoid(W_z x_t + U_z h_{t-1} + b_z)
        r_t = torch.sigmoid(self.W_r(x) + self.U_r(h_prev))  # r_t = sigmoid(W_r x_t + U_r h_{t-1} + b_r)
        h_tilde = torch.tanh(self.W_h(x) + self.U_h(r_t * h_prev))  # h~_t = tanh(W_h x_t + U_h (r_t * h_{t-1}) + b_h)
        h_t = (1 - z_t) * h_prev + z_t * h_tilde  # h_t = (1 - z_t) * h_{t-1} + z_t * h~_t
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
        t = 0
        while t < x.size(1):
            x_t = embedded[:, t, :]
        h_t = self.gru_cell(x_t, h_t)  # h_t = GRUCell(x_t, h_{t-1}) for t = 1 ... T, h_0 = 0, y = W_y h_T + b_y
        return self.fc(h_t)
