"""Pretends that the instructor pressed Ctrl-C."""

# HONEST cases/several-mistakes/GRU_skeleton.py

def interrupted(self, *given):
    raise KeyboardInterrupt

GRUCell.forward = GRUModel.forward = interrupted
raise KeyboardInterrupt
