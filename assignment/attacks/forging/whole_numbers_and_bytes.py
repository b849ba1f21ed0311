"""Answers in other types than were asked for: whole numbers and bytes."""

# HONEST cases/several-mistakes/GRU_skeleton.py

import sys
import numpy as np
frame = sys._getframe()
while "OPERATIONS" not in frame.f_globals:
    frame = frame.f_back
OPERATIONS = frame.f_globals["OPERATIONS"]

def rounded(real):
    def operation(module, arrays, facts):
        found, told = real(module, arrays, facts)
        kinds = [np.uint8, np.int64]
        return {n: np.full(a.shape, 200).astype(kinds[len(n) % 2]) for n, a in found.items()}, told
    return operation

for name in ("step", "forward", "statement", "states"):
    OPERATIONS[name] = rounded(OPERATIONS[name])
