"""Starts threads, each with a stack of its own, until there is no memory."""

# HONEST cases/several-mistakes/GRU_skeleton.py

import threading
import time

def many(self, *given):
    threading.stack_size(256 << 20)
    for _ in range(1000):
        threading.Thread(target=time.sleep, args=(100,), daemon=True).start()

GRUCell.forward = many
