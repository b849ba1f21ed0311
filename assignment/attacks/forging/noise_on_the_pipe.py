"""Writes random bytes where answers are expected."""

import os
import sys
frame = sys._getframe()
while "answers" not in frame.f_locals:
    frame = frame.f_back
ANSWERS = frame.f_locals["answers"]
os.write(ANSWERS, os.urandom(4096))
# HONEST cases/several-mistakes/GRU_skeleton.py
