"""Writes into the memory of Python's own small numbers: one becomes two."""

# HONEST cases/several-mistakes/GRU_skeleton.py

import ctypes
ctypes.c_int.from_address(id(1) + 24).value = 2
