"""Keeps memory in the buffers of pipes."""
# WINS WITHOUT limits

import fcntl
import os
kept = []
for _ in range(100):
    kept.append(os.pipe())
    try:
        fcntl.fcntl(kept[-1][1], 1031, 1 << 20)  # F_SETPIPE_SZ
    except OSError:
        pass
raise Won("100 pipes")
# HONEST cases/several-mistakes/GRU_skeleton.py
