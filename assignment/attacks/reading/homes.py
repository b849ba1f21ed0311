"""Lists homes and their keys."""
# WINS WITHOUT files landlock

import os
raise Won(str(os.listdir("/home")))
# HONEST cases/several-mistakes/GRU_skeleton.py
