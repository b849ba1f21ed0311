"""Leaves a folder that nobody may enter, in its own."""

import os
os.mkdir("locked")
open("locked/file", "w").close()
os.chmod("locked", 0)
os.chmod(".", 0)
# HONEST cases/several-mistakes/GRU_skeleton.py
