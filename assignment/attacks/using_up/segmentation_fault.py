"""Reads from address zero."""

# HONEST cases/several-mistakes/GRU_skeleton.py

import ctypes
GRUCell.forward = lambda self, *given: ctypes.string_at(0)
