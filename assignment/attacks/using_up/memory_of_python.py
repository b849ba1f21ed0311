"""Doubles a string until there is no memory."""
# PATIENCE 0.5

# HONEST cases/several-mistakes/GRU_skeleton.py

def grow(self, *given):
    kept = "x"
    while True:
        kept += kept

GRUCell.forward = grow
