"""Looks for descriptors beyond its own two pipes."""

import os
open_ones = []
for descriptor in range(3, 256):
    try:
        os.fstat(descriptor)
        open_ones.append(descriptor)
    except OSError:
        pass
if len(open_ones) > 2:
    raise Won(str(open_ones))
# HONEST cases/several-mistakes/GRU_skeleton.py
