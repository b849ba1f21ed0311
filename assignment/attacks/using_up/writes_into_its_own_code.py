"""Writes over its own memory at random."""

# HONEST cases/several-mistakes/GRU_skeleton.py

import ctypes

def smash(self, *given):
    ctypes.memset(id(type(self)), 255, 4096)
    return h_prev

GRUCell.forward = smash
