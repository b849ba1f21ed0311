"""Forks with a terminal of its own, so that no signal of ours reaches it."""

import pty
pid, _ = pty.fork()
raise Won("forked")
# HONEST cases/several-mistakes/GRU_skeleton.py
