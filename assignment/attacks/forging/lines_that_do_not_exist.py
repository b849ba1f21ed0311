"""Errors whose line is beyond the file, below zero, or in another file."""

# HONEST cases/several-mistakes/GRU_skeleton.py

code = compile("\n" * 99999 + "raise ValueError('far')", "GRU_skeleton.py", "exec")

def refuse(self, *given):
    exec(code)

GRUCell.forward = refuse
GRUModel.forward = eval("lambda self, x: 1 / 0", {"__file__": "/etc/passwd"})
