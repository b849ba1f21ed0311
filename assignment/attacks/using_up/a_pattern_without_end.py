"""A regular expression that goes through exponentially many ways, inside one call."""
# PATIENCE 0.5

# HONEST cases/several-mistakes/GRU_skeleton.py

import re
GRUCell.forward = lambda self, *given: re.match("(a+)+$", "a" * 40 + "b")
