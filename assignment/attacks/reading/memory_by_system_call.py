"""Reads another process's memory with process_vm_readv."""
# WINS WITHOUT files landlock privacy processes account privileges user calls

import ctypes
import os
ctypes.c_char_p
kernel, there = ctypes.CDLL(None, use_errno=True), ctypes.create_string_buffer(8)

class Piece(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))

here = Piece(ctypes.addressof(there), 8)
theirs = Piece(ctypes.addressof(there), 8)  # forked: what lies here in us lies there in it
for pid in (MARKER, os.getppid()):
    if kernel.process_vm_readv(pid, ctypes.byref(here), 1, ctypes.byref(theirs), 1, 0) == 8 or ctypes.get_errno() == 14:
        raise Won(f"read the memory of {pid}")
# HONEST cases/several-mistakes/GRU_skeleton.py
