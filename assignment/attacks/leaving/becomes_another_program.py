"""Replaces the process by a program that succeeds."""
# WINS WITHOUT landlock calls files

import os
read, write = os.pipe()
os.set_inheritable(write, True)
try:
    found = os.access("/bin/true", os.X_OK)
    os.posix_spawn("/bin/true", ["true"], {})
    raise Won("started /bin/true")
except OSError:
    pass
# HONEST cases/several-mistakes/GRU_skeleton.py
os.execv("/bin/true", ["true"])
