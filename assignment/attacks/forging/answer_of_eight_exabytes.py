"""Announces an answer of 2^63 bytes."""

# HONEST cases/several-mistakes/GRU_skeleton.py

import os
import struct
import sys
frame = sys._getframe()
while "answers" not in frame.f_locals:
    frame = frame.f_back
ANSWERS = frame.f_locals["answers"]

def announce(self, *given):
    os.write(ANSWERS, struct.pack("<Q", 1 << 63) + b"x" * 1000)

GRUCell.forward = announce
