"""Answers that lack the arrays they should bring."""

# HONEST cases/several-mistakes/GRU_skeleton.py

import sys
frame = sys._getframe()
while "OPERATIONS" not in frame.f_globals:
    frame = frame.f_back
OPERATIONS = frame.f_globals["OPERATIONS"]

def bare(real):
    def operation(module, arrays, facts):
        found, told = real(module, arrays, facts)
        return {n: a for n, a in found.items() if n == "output"}, {}
    return operation

for name in ("step", "forward", "statement", "states", "describe"):
    OPERATIONS[name] = bare(OPERATIONS[name])
