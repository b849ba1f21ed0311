"""Sleeps, which takes no processor time that a limit could count."""
# PATIENCE 0.5

# HONEST cases/several-mistakes/GRU_skeleton.py

import time
GRUCell.forward = lambda self, *given: time.sleep(10**6)
