"""Climbs up from its own folder by descriptors."""
# WINS WITHOUT files landlock

import os
place = os.open(".", os.O_PATH)
for _ in range(20):
    place = os.open("..", os.O_PATH, dir_fd=place)
with open(os.open(CANARY.lstrip("/"), os.O_RDONLY, dir_fd=place)) as file:
    raise Won(file.read())
# HONEST cases/several-mistakes/GRU_skeleton.py
