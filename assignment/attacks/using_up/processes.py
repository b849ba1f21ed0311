"""Forks until it can fork no more."""
# WINS WITHOUT calls limits account

import os
import signal
started = []
try:
    for _ in range(60):
        pid = os.fork()
        if pid == 0:
            signal.pause()
        started.append(pid)
finally:
    for pid in started:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
raise Won("60 processes")
# HONEST cases/several-mistakes/GRU_skeleton.py
