"""No time passes for whoever asks for it."""
# PATIENCE 0.5

import time
time.time = time.monotonic = time.perf_counter = time.process_time = lambda: 0.0
# HONEST cases/several-mistakes/GRU_skeleton.py
GRUCell.forward = lambda self, x, h_prev: time.sleep(1000)
