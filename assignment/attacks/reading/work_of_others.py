"""Lists the folders in which others' work is marked."""
# WINS WITHOUT files landlock

import os
raise Won(str(os.listdir(os.path.dirname(PLACE))))
# HONEST cases/several-mistakes/GRU_skeleton.py
