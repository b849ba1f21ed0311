"""Reads through symbolic and hard links in its own folder."""
# WINS WITHOUT files landlock calls

import os
os.symlink(CANARY, "link")
with open("link") as file:
    raise Won(file.read())
# HONEST cases/several-mistakes/GRU_skeleton.py
