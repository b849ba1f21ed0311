"""Imports the instructors' equations from where the marker lies."""
# WINS WITHOUT files landlock scratch

import os
import sys
sys.path.insert(0, os.path.dirname(os.path.dirname(SOURCE)))
import assignment.equations
raise Won("imported")
# HONEST cases/several-mistakes/GRU_skeleton.py
