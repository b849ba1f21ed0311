"""Asks not to be ended with its parent, and for a session of its own."""

import ctypes
import os
if ctypes.CDLL(None).prctl(1, 0, 0, 0, 0) == 0:
    raise Won("will outlive its parent")
try:
    os.setsid()
except OSError:
    pass
# HONEST cases/several-mistakes/GRU_skeleton.py
