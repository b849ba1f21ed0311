"""Keeps memory in files without a name, which no limit on memory sees."""
# WINS WITHOUT calls

import os
kept = os.memfd_create("won")
raise Won("memory without a name")
# HONEST cases/several-mistakes/GRU_skeleton.py
