"""Starts a program by posix_spawn, which forks by another system call."""
# WINS WITHOUT calls processes files landlock

import os
os.posix_spawn("/bin/sleep", ["sleep", "20"], {})
raise Won("started a program")
# HONEST cases/several-mistakes/GRU_skeleton.py
