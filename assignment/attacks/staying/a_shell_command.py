"""Runs a command of the shell."""
# WINS WITHOUT calls files landlock

import os
if os.system("true") == 0:
    raise Won("ran a command")
# HONEST cases/several-mistakes/GRU_skeleton.py
