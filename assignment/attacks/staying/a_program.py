"""Starts a program that outlives it."""
# WINS WITHOUT calls processes files landlock

import subprocess
subprocess.Popen(["/bin/sleep", "20"], start_new_session=True)
raise Won("started a program")
# HONEST cases/several-mistakes/GRU_skeleton.py
