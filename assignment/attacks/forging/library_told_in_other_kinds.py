"""Tells of ready-made layers in facts of every kind but the agreed one."""

# HONEST cases/all-right/GRU_skeleton.py

import sys
frame = sys._getframe()
while "OPERATIONS" not in frame.f_globals:
    frame = frame.f_back
OPERATIONS = frame.f_globals["OPERATIONS"]
kinds = iter([None, 3, "gru", [[1]], [[1, 2, 3]], {"a": 1}, [None], [["x", {}]]] * 99)

def odd(real):
    def operation(module, arrays, facts):
        found, told = real(module, arrays, facts)
        return found, told | {"library": next(kinds)}
    return operation

for name in ("step", "forward"):
    OPERATIONS[name] = odd(OPERATIONS[name])
