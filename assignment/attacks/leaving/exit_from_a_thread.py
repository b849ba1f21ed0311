"""A thread ends the whole process while a question is being answered."""

import os
import threading
threading.Timer(0.02, os._exit, [0]).start()
# HONEST cases/several-mistakes/GRU_skeleton.py
