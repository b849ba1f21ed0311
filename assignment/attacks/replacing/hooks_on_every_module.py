"""Hooks on all modules change what goes in and what comes out."""

import torch
from torch.nn.modules import module
module.register_module_forward_hook(lambda layer, given, output: torch.zeros_like(output))
module.register_module_forward_pre_hook(lambda layer, given: given)
module.register_module_full_backward_hook(lambda layer, into, out: into)
# HONEST cases/several-mistakes/GRU_skeleton.py
