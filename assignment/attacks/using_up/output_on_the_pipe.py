"""Answers without end."""
# PATIENCE 0.5

# HONEST cases/several-mistakes/GRU_skeleton.py

import os
import sys
frame = sys._getframe()
while "answers" not in frame.f_locals:
    frame = frame.f_back
ANSWERS = frame.f_locals["answers"]

def talk(self, *given):
    while True:
        os.write(ANSWERS, b"\x00\x00\x10" + bytes(10**6))

GRUCell.forward = talk
