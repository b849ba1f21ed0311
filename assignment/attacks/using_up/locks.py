"""Waits for a lock that nobody gives back."""
# PATIENCE 0.5

# HONEST cases/several-mistakes/GRU_skeleton.py

import threading
lock = threading.Lock()
lock.acquire()
GRUCell.forward = lambda self, *given: lock.acquire()
