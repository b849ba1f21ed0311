"""Sends a deadly signal to every process that it may."""
# WINS WITHOUT calls processes landlock account user files

import os
import signal
for pid in (os.getppid(), MARKER, -1):
    try:
        os.kill(pid, 0) if pid != -1 else os.kill(pid, signal.SIGCONT)
        raise Won(f"may signal {pid}")
    except OSError:
        pass
# HONEST cases/several-mistakes/GRU_skeleton.py
