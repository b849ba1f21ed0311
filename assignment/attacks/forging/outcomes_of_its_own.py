"""Answers with outcomes and verdicts that no child may give: passed, our own fault, a missing layer."""

# HONEST cases/several-mistakes/GRU_skeleton.py

import sys
frame = sys._getframe()
while "OPERATIONS" not in frame.f_globals:
    frame = frame.f_back
said = iter(["passed", "our_fault", "rejected", "graded", "unreadable", "", "needs_review"] * 50)

def lie(module, arrays, facts):
    return {}, {"outcome": next(said), "status": "passed", "points": 100, "message": "All passed", "layer": "files"}

for name in frame.f_globals["OPERATIONS"]:
    frame.f_globals["OPERATIONS"][name] = lie
