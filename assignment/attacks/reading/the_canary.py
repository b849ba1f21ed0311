"""Reads a file that lies on this machine for everybody to read."""
# WINS WITHOUT files landlock

with open(CANARY) as file:
    raise Won(file.read())
# HONEST cases/several-mistakes/GRU_skeleton.py
