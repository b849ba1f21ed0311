"""Forks by the numbers of all system calls that can."""
# WINS WITHOUT calls processes

import ctypes
import os
import time
kernel = ctypes.CDLL(None)
for number, given in ((57, ()), (56, (17, 0, 0, 0, 0)), (58, ())):
    pid = kernel.syscall(number, *given)
    if pid == 0:
        time.sleep(20)
        os._exit(0)
    if pid > 0:
        raise Won(f"forked by {number}")
# HONEST cases/several-mistakes/GRU_skeleton.py
