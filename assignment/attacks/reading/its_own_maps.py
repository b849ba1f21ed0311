"""Reads where things lie in its memory from /proc."""
# WINS WITHOUT files landlock

with open("/proc/self/maps") as file:
    raise Won(file.readline())
# HONEST cases/several-mistakes/GRU_skeleton.py
