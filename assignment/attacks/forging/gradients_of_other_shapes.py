"""Right numbers, and gradients, states and second calls of shapes that can't be compared."""

# HONEST cases/several-mistakes/GRU_skeleton.py

import sys
import numpy as np
frame = sys._getframe()
while "OPERATIONS" not in frame.f_globals:
    frame = frame.f_back
OPERATIONS = frame.f_globals["OPERATIONS"]

def reshaped(real):
    def operation(module, arrays, facts):
        found, told = real(module, arrays, facts)
        return {n: a if n == "output" else np.ones((2, 5)) for n, a in found.items()}, told
    return operation

for name in ("step", "forward", "statement", "states"):
    OPERATIONS[name] = reshaped(OPERATIONS[name])
