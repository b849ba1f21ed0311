"""Lists the machine's processes and their commands."""
# WINS WITHOUT files landlock processes

with open(f"/proc/{MARKER}/cmdline", "rb") as file:
    raise Won(file.read(40).decode())
# HONEST cases/several-mistakes/GRU_skeleton.py
