"""A while loop, names of an own everywhere, a state of None to begin with."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class GRUCell(nn.Module):
    def __init__(self, n_in, n_hid):
        super().__init__()
        self.n_hid = n_hid
        self.Wz, self.Uz = nn.Linear(n_in, n_hid), nn.Linear(n_hid, n_hid)
        self.Wr, self.Ur = nn.Linear(n_in, n_hid), nn.Linear(n_hid, n_hid)
        self.Wn, self.Un = nn.Linear(n_in, n_hid), nn.Linear(n_hid, n_hid)

    def forward(self, inp, hid=None):
        if hid is None:
            hid = inp.new_zeros(inp.size(0), self.n_hid)
        update = F.sigmoid(self.Wz(inp) + self.Uz(hid))
        reset = F.sigmoid(self.Wr(inp) + self.Ur(hid))
        new = F.tanh(self.Wn(inp) + self.Un(reset * hid))
        return hid * (1.0 - update) + new * update


class GRUModel(nn.Module):
    def __init__(self, n_words, n_emb, n_hid, n_out):
        super().__init__()
        self.emb = nn.Embedding(n_words, n_emb)
        self.rnn = GRUCell(n_emb, n_hid)
        self.out = nn.Linear(n_hid, n_out)

    def forward(self, ids):
        vec, hid, i = self.emb(ids), None, 0
        while i < ids.size(1):
            hid = self.rnn(vec[:, i], hid)
            i += 1
        return self.out(hid)
