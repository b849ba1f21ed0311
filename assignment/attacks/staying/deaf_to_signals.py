"""Ignores every signal that can be ignored, and never ends."""
# PATIENCE 0.5

# HONEST cases/several-mistakes/GRU_skeleton.py

import signal
import time
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
GRUCell.forward = lambda self, *given: time.sleep(10**6)
