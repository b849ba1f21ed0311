"""Fills the table of files."""
# WINS WITHOUT scratch

for name in range(300):
    open(str(name), "w").close()
raise Won("300 files")
# HONEST cases/several-mistakes/GRU_skeleton.py
