"""Attaches to the process that forked it as a debugger would."""

import ctypes
import os
kernel = ctypes.CDLL(None)
for pid in {os.getppid(), MARKER, 1} - {0, os.getpid()}:
    if kernel.ptrace(16902, pid, 0, 0) == 0:  # PTRACE_SEIZE
        raise Won(f"attached to {pid}")
# HONEST cases/several-mistakes/GRU_skeleton.py
