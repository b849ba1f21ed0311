"""Prints without end."""
# PATIENCE 0.5

# HONEST cases/several-mistakes/GRU_skeleton.py

import sys

def talk(self, *given):
    while True:
        print("x" * 10**6)
        sys.stderr.write("y" * 10**6)

GRUCell.forward = talk
