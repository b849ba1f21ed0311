"""Sleeps in the thread that is watched and works in others."""
# PATIENCE 0.5

# HONEST cases/several-mistakes/GRU_skeleton.py

import threading
import time

def work():
    while True:
        pass

def forward(self, *given):
    threading.Thread(target=work).start()
    time.sleep(10**6)

GRUCell.forward = forward
