"""Sends itself the signal that can't be caught, as an out-of-memory killer would."""

# HONEST cases/several-mistakes/GRU_skeleton.py

import os
import signal
GRUCell.forward = lambda self, *given: os.kill(os.getpid(), signal.SIGKILL)
