"""Reads the machine's accounts."""
# WINS WITHOUT files landlock

with open("/etc/passwd") as file:
    raise Won(file.readline())
# HONEST cases/several-mistakes/GRU_skeleton.py
