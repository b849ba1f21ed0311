"""Answers with arrays of all shapes but the right ones, so that the marker's own comparison fails."""

# HONEST cases/several-mistakes/GRU_skeleton.py

import sys
import numpy as np
frame = sys._getframe()
while "OPERATIONS" not in frame.f_globals:
    frame = frame.f_back
OPERATIONS = frame.f_globals["OPERATIONS"]
shapes = [(), (0,), (1,), (3, 6, 1), (6, 3), (0, 6), (1, 1, 1, 1, 1), (3, 7), (2, 0, 3)] * 100

def reshaped(real):
    def operation(module, arrays, facts):
        found, told = real(module, arrays, facts)
        return {name: np.ones(shapes[(len(name) + i) % 9]) for i, name in enumerate(found)}, told
    return operation

for name in ("step", "forward", "statement", "states"):
    OPERATIONS[name] = reshaped(OPERATIONS[name])
