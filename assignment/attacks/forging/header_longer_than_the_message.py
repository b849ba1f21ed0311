"""An answer whose header claims more bytes than there are."""

# HONEST cases/several-mistakes/GRU_skeleton.py

import os
import struct
import sys
frame = sys._getframe()
while "answers" not in frame.f_locals:
    frame = frame.f_back
ANSWERS = frame.f_locals["answers"]

def announce(self, *given):
    content = struct.pack("<Q", (1 << 64) - 1) + b"{}"
    os.write(ANSWERS, struct.pack("<Q", len(content)) + content)

GRUCell.forward = announce
