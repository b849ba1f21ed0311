"""Imports the instructors' equations from where the marker lies."""
# WINS WITHOUT files landlock scratch

import os
import sys
folder = SOURCE
while folder != os.path.dirname(folder):
    folder = os.path.dirname(folder)
    sys.path.append(folder)
import assignment.equations
raise Won("imported")
# HONEST cases/several-mistakes/GRU_skeleton.py
