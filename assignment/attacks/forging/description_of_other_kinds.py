"""Describes its layers in facts of every kind but the agreed one."""

# HONEST cases/several-mistakes/GRU_skeleton.py

import sys
frame = sys._getframe()
while "OPERATIONS" not in frame.f_globals:
    frame = frame.f_back
kinds = iter([None, 7, "x", [], {"tensors": None}, {"tensors": {"a": "66"}, "linear": {"a": "66"}, "shared": 3}] * 99)

def describe(module, arrays, facts):
    odd = next(kinds)
    return {}, odd if isinstance(odd, dict) else {n: odd for n in ("tensors", "linear", "shared", "library")}

frame.f_globals["OPERATIONS"]["describe"] = describe
