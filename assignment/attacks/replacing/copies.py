"""Copies are no copies, and what is shared stays shared."""

import copy
copy.deepcopy = copy.copy = lambda value, *given: value
# HONEST cases/several-mistakes/GRU_skeleton.py
