"""Reads the source of the functions that call it, found by their frames."""
# WINS WITHOUT files landlock scratch

import sys
frame = sys._getframe()
while "OPERATIONS" not in frame.f_globals:
    frame = frame.f_back
with open(frame.f_code.co_filename) as file:
    raise Won(file.readline())
# HONEST cases/several-mistakes/GRU_skeleton.py
