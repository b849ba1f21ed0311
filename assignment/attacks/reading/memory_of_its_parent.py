"""Opens the memory of the process that forked it."""
# WINS WITHOUT files landlock privacy processes account privileges

import os
with open(f"/proc/{os.getppid()}/mem", "rb"):
    raise Won("opened")
# HONEST cases/several-mistakes/GRU_skeleton.py
