"""One power of whole numbers that holds the interpreter's lock."""
# PATIENCE 0.5

# HONEST cases/several-mistakes/GRU_skeleton.py

GRUCell.forward = lambda self, *given: 7 ** 7 ** 11
