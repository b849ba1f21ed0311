"""Opens as many descriptors as there are."""
# WINS WITHOUT limits

import os
kept = [os.dup(0) for _ in range(100)]
raise Won("100 descriptors")
# HONEST cases/several-mistakes/GRU_skeleton.py
