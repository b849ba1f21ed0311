"""Leaves a file in its own folder for the next student's code to find."""

import os
if os.path.exists(MARK):
    raise Won("found what another child left")
with open(MARK, "w") as file:
    file.write("left")
# HONEST cases/several-mistakes/GRU_skeleton.py
