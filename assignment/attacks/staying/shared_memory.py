"""Leaves a segment of shared memory, which no process owns."""
# WINS WITHOUT calls

import ctypes
kernel = ctypes.CDLL(None)
segment = kernel.shmget(int(MARK[-8:], 16) & 0x7FFFFFFF, 4096, 0o1666)
if segment >= 0:
    kernel.shmctl(segment, 0, None)
    raise Won("made a segment")
# HONEST cases/several-mistakes/GRU_skeleton.py
