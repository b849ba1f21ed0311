"""Makes one large file that is empty."""
# WINS WITHOUT scratch limits

import os
os.ftruncate(os.open("large", os.O_RDWR | os.O_CREAT), 10**8)
raise Won("100 MB")
# HONEST cases/several-mistakes/GRU_skeleton.py
