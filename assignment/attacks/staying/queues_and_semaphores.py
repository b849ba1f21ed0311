"""Leaves queues of messages and semaphores."""
# WINS WITHOUT calls

import ctypes
kernel = ctypes.CDLL(None)
queue, semaphore = kernel.msgget(0, 0o1666), kernel.semget(0, 1, 0o1666)
if queue >= 0 or semaphore >= 0:
    kernel.msgctl(queue, 0, None)
    kernel.semctl(semaphore, 0, 0)
    raise Won("made a queue or a semaphore")
# HONEST cases/several-mistakes/GRU_skeleton.py
