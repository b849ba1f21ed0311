"""Closes every descriptor and lives on, so that neither an answer nor an end is seen."""

# HONEST cases/several-mistakes/GRU_skeleton.py

import os
os.closerange(0, 256)
