"""Threads that never end and are no daemons."""

import threading
import time
for _ in range(5):
    threading.Thread(target=time.sleep, args=(10**6,)).start()
# HONEST cases/several-mistakes/GRU_skeleton.py
