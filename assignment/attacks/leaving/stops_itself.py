"""Stops with SIGSTOP, neither dead nor alive."""
# PATIENCE 0.5

# HONEST cases/several-mistakes/GRU_skeleton.py

import os
import signal
os.kill(os.getpid(), signal.SIGSTOP)
