"""Ends its process at once, with the code for success, and no clean-up."""

# HONEST cases/several-mistakes/GRU_skeleton.py

import os
os._exit(0)
