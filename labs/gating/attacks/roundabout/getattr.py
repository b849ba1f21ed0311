"""Reaches the library's cell, which is this lab's GRU to the letter, by a name that is put together."""

import torch

step = getattr(torch, "gru_" + "cell")
# UNEARNED bodies/ready-made/GRUNet_skeleton.py
