"""Leaves its root through a second one."""
# WINS WITHOUT files landlock privileges calls account user

import os
os.mkdir("below")
place = os.open(".", os.O_RDONLY)
os.chroot("below")
os.fchdir(place)
for _ in range(30):
    os.chdir("..")
os.chroot(".")
with open(CANARY) as file:
    raise Won(file.read())
# HONEST cases/several-mistakes/GRU_skeleton.py
