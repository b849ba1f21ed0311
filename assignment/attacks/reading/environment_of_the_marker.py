"""Reads what the marker was started with."""
# WINS WITHOUT files landlock privacy processes account privileges user

with open(f"/proc/{MARKER}/environ", "rb") as file:
    raise Won(file.read(40).decode())
# HONEST cases/several-mistakes/GRU_skeleton.py
