"""Raises an error whose text has a hundred million letters."""

# HONEST cases/several-mistakes/GRU_skeleton.py

def refuse(self, *given):
    raise ValueError("x" * 10**8)

GRUCell.forward = refuse
raise ValueError("<&" * 10**7)
