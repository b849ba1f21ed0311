"""A right model whose gradients, alone and normal are told as single numbers."""

# HONEST cases/all-right/GRU_skeleton.py

import sys
import numpy as np
frame = sys._getframe()
while "OPERATIONS" not in frame.f_globals:
    frame = frame.f_back
OPERATIONS = frame.f_globals["OPERATIONS"]

def flattened(real):
    def operation(module, arrays, facts):
        found, told = real(module, arrays, facts)
        return {n: a if n == "output" else np.float64(a.sum()) for n, a in found.items()}, told
    return operation

for name in ("step", "forward", "statement", "states"):
    OPERATIONS[name] = flattened(OPERATIONS[name])
