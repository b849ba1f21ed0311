"""Dies with a core dump on request."""

# HONEST cases/several-mistakes/GRU_skeleton.py

import os
os.abort()
