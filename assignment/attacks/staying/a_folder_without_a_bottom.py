"""Nests folders so deeply that what clears them away gives up."""

import os
for _ in range(200):
    os.mkdir(MARK[:4])
    os.chdir(MARK[:4])
# HONEST cases/several-mistakes/GRU_skeleton.py
