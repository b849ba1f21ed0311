"""Returns tensors that are sparse, without storage, complex, quantized, nested, or one number seen many times."""

# HONEST cases/several-mistakes/GRU_skeleton.py

import itertools
import torch
kinds = itertools.cycle([
    lambda: torch.zeros(3, 6).to_sparse(),
    lambda: torch.zeros(3, 6, device="meta"),
    lambda: torch.zeros(3, 6, dtype=torch.complex64),
    lambda: torch.quantize_per_tensor(torch.zeros(3, 6), 1.0, 0, torch.qint8),
    lambda: torch.nested.nested_tensor([torch.zeros(2), torch.zeros(3)]),
    lambda: torch.zeros(1).expand(10**10),
    lambda: torch.zeros(3, 6, dtype=torch.bool),
    lambda: None,
    lambda: (torch.zeros(3, 6), torch.zeros(3, 6)),
])
GRUCell.forward = lambda self, x, h_prev: next(kinds)()
GRUModel.forward = lambda self, x: next(kinds)()
