"""Enters the namespaces of another process."""

import ctypes
import os
for pid in (1, os.getppid(), MARKER):
    for kind in ("mnt", "net", "pid", "user"):
        try:
            place = os.open(f"/proc/{pid}/ns/{kind}", os.O_RDONLY)
        except OSError:
            continue
        if os.stat(place).st_ino != os.stat(f"/proc/self/ns/{kind}").st_ino and ctypes.CDLL(None).setns(place, 0) == 0:
            raise Won(f"entered {kind} of {pid}")
# HONEST cases/several-mistakes/GRU_skeleton.py
