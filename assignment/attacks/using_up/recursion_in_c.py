"""Nests objects so deeply that the machine's stack ends."""

# HONEST cases/several-mistakes/GRU_skeleton.py

def deep(self, *given):
    nested = []
    for _ in range(10**6):
        nested = [nested]
    repr(nested)
    hash(eval("(" * 90 + ")" * 90))
    import pickle
    pickle.dumps(nested)

GRUCell.forward = deep
