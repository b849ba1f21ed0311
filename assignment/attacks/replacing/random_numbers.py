"""No seed has any effect, and every draw is zero."""

import random
import numpy as np
import torch
torch.manual_seed = random.seed = np.random.seed = lambda *given: None
torch.randn = torch.rand = lambda *size, **named: torch.zeros(*size)
random.random = lambda: 0.0
# HONEST cases/several-mistakes/GRU_skeleton.py
