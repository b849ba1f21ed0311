"""Leaves a process behind that belongs to nobody."""
# WINS WITHOUT calls processes

import os
import time
pid = os.fork()
if pid == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(20)
    os._exit(0)
os.waitpid(pid, 0)
raise Won("left a daemon")
# HONEST cases/several-mistakes/GRU_skeleton.py
