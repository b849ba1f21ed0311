"""Changes the type and the device of all new tensors."""

# HONEST cases/several-mistakes/GRU_skeleton.py

import torch
torch.set_default_dtype(torch.float64)
torch.set_default_device("meta")
