"""Writes into a file that is not its own, by every way to open one."""

import os
for flags in (os.O_WRONLY, os.O_RDWR | os.O_TRUNC, os.O_WRONLY | os.O_APPEND):
    try:
        os.write(os.open(CANARY, flags), b"changed")
        raise Won("changed the canary")
    except OSError:
        pass
for change in (os.remove, lambda path: os.rename(path, path + "x"), lambda path: os.chmod(path, 0o777), os.utime):
    try:
        change(CANARY)
        raise Won("changed the canary")
    except OSError:
        pass
# HONEST cases/several-mistakes/GRU_skeleton.py
