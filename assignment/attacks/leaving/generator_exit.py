"""Raises the exception that no handler of ordinary exceptions catches."""

# HONEST cases/several-mistakes/GRU_skeleton.py

def leave(self, *given):
    raise GeneratorExit

GRUCell.forward = leave
raise GeneratorExit
