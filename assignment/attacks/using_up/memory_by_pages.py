"""Maps three gigabytes of memory without touching them."""
# WINS WITHOUT memory

import mmap
kept = mmap.mmap(-1, 3 << 30)
raise Won("3 GB")
# HONEST cases/several-mistakes/GRU_skeleton.py
