"""Fills the disk."""
# WINS WITHOUT scratch landlock files

for name in "ab":
    with open(name, "wb") as file:
        file.write(bytes(10**7))
raise Won("20 MB")
# HONEST cases/several-mistakes/GRU_skeleton.py
