"""Leaves a file where everybody may write."""
# WINS WITHOUT files landlock

open(f"{PLACE}/{MARK}", "w").close()
raise Won("left a file")
# HONEST cases/several-mistakes/GRU_skeleton.py
