"""Looks for the marker's modules among those that are loaded."""

import sys
found = [name for name in sys.modules if name.startswith(("grading.mark", "assignment", "grading.prove", "grading.sandbox"))]
if found:
    raise Won(str(found))
# HONEST cases/several-mistakes/GRU_skeleton.py
