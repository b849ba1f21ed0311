"""Calls itself until Python's stack ends, with the limit taken away."""

# HONEST cases/several-mistakes/GRU_skeleton.py

import sys
sys.setrecursionlimit(10**9)

def deeper(self, *given):
    return [deeper(self, *given)].sort(key=lambda one: deeper(self, *given))

GRUCell.forward = deeper
