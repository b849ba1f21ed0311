"""The cell makes its own start where none is given; the model begins with None."""

import torch
import torch.nn as nn
import torch.nn.functional as F


from typing import Optional


class GRUCell(nn.Module):
    def __init__(self, input_size: int, hidden_size: int, bias: bool = True) -> None:
        super(GRUCell, self).__init__()
        self.input_size: int = input_size
        self.hidden_size: int = hidden_size
        self.W_z = nn.Linear(input_size, hidden_size, bias=bias)
        self.U_z = nn.Linear(hidden_size, hidden_size, bias=False)
        self.W_r = nn.Linear(input_size, hidden_size, bias=bias)
        self.U_r = nn.Linear(hidden_size, hidden_size, bias=False)
        self.W_h = nn.Linear(input_size, hidden_size, bias=bias)
        self.U_h = nn.Linear(hidden_size, hidden_size, bias=False)

    def forward(self, x: torch.Tensor, h_prev: Optional[torch.Tensor] = None) -> torch.Tensor:
        if h_prev is None:
            h_prev = torch.zeros(x.size(0), self.hidden_size, dtype=x.dtype, device=x.device)
        assert x.dim() == 2 and h_prev.dim() == 2, "expected (B, E) and (B, H)"
        z_t: torch.Tensor = torch.sigmoid(self.W_z(x) + self.U_z(h_prev))
        r_t: torch.Tensor = torch.sigmoid(self.W_r(x) + self.U_r(h_prev))
        h_tilde: torch.Tensor = torch.tanh(self.W_h(x) + self.U_h(r_t * h_prev))
        h_t: torch.Tensor = (1 - z_t) * h_prev + z_t * h_tilde
        return h_t


class GRUModel(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.gru_cell = GRUCell(embedding_dim, hidden_size)
        self.fc = nn.Linear(hidden_size, output_size)

    def forward(self, x):
        h_t = None
        for x_t in torch.unbind(self.embedding(x), dim=1):
            h_t = self.gru_cell(x_t, h_t)
        return self.fc(h_t)
