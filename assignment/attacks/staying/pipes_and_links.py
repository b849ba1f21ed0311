"""Leaves pipes, links to nowhere and links to the machine's files in its folder."""

import os
for name, make in {"pipe": os.mkfifo, "link": lambda n: os.symlink("/", n), "loop": lambda n: os.symlink(n, n)}.items():
    try:
        make(name)
    except OSError:
        pass
# HONEST cases/several-mistakes/GRU_skeleton.py
