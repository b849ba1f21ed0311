"""Reads the instructors' equations."""
# WINS WITHOUT files landlock scratch

with open(SOURCE) as file:
    raise Won(file.readline())
# HONEST cases/several-mistakes/GRU_skeleton.py
