"""Describes its layers with sizes below zero, infinite ones, and names of a million letters."""

# HONEST cases/several-mistakes/GRU_skeleton.py

import sys
frame = sys._getframe()
while "OPERATIONS" not in frame.f_globals:
    frame = frame.f_back

def describe(module, arrays, facts):
    sizes = {"W_z.weight": [-1, 4], "U_z.weight": [1 << 70, 2], "W_r.weight": [float("inf")], "": [6, 4], "x" * 9999: []}
    return {}, {"tensors": sizes, "linear": {"W_z": [1e300, -5]}, "shared": [[{}]], "library": []}

frame.f_globals["OPERATIONS"]["describe"] = describe
