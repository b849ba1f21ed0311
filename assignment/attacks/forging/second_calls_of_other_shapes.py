"""A right RNN of which the second call and the single document are told in other shapes."""

# HONEST cases/all-right/RNN_skeleton.py

import sys
import numpy as np
frame = sys._getframe()
while "OPERATIONS" not in frame.f_globals:
    frame = frame.f_back
OPERATIONS = frame.f_globals["OPERATIONS"]
real = OPERATIONS["forward"]

def forward(module, arrays, facts):
    found, told = real(module, arrays, facts)
    odd = {"again": np.ones(3), "alone": np.ones(()), "normal": np.ones((7, 7)), "uniform": np.ones(0)}
    return {**found, **odd}, told

OPERATIONS["forward"] = forward
