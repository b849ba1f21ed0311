"""Reads the source of the functions that call it, found by their frames."""
# WINS WITHOUT files landlock scratch

import sys
frame = sys._getframe()
while "OPERATIONS" not in frame.f_globals:
    frame = frame.f_back
try:
    with open(frame.f_code.co_filename) as file:
        line = file.readline()
except OSError as reason:  # told without the path, which would read as if we had said it
    raise OSError(reason.errno, reason.strerror) from None
raise Won(line)
# HONEST cases/several-mistakes/GRU_skeleton.py
