"""Gives an answer of eight megabytes byte by byte, so that it always has just said something."""
# PATIENCE 0.3

# HONEST cases/several-mistakes/GRU_skeleton.py

import os
import struct
import sys
frame = sys._getframe()
while "answers" not in frame.f_locals:
    frame = frame.f_back
ANSWERS = frame.f_locals["answers"]

def drip(self, *given):
    os.write(ANSWERS, struct.pack("<Q", 8 << 20))
    while True:
        os.write(ANSWERS, b"x")

GRUCell.forward = drip
