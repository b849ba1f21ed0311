"""Numbers so large that our sums overflow, in values and gradients."""

# HONEST cases/several-mistakes/GRU_skeleton.py

import sys
import numpy as np
frame = sys._getframe()
while "OPERATIONS" not in frame.f_globals:
    frame = frame.f_back
OPERATIONS = frame.f_globals["OPERATIONS"]

def enlarged(real):
    def operation(module, arrays, facts):
        found, told = real(module, arrays, facts)
        return {n: np.full(a.shape, 1.7e308) for n, a in found.items()}, told
    return operation

for name in ("step", "forward", "statement", "states"):
    OPERATIONS[name] = enlarged(OPERATIONS[name])
