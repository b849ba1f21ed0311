"""Starts threads until it can start no more."""

import threading
import time
try:
    for _ in range(10000):
        threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
except RuntimeError:
    pass
# HONEST cases/several-mistakes/GRU_skeleton.py
