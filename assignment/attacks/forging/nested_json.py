"""An answer whose header is JSON, nested until a parser gives up."""

# HONEST cases/several-mistakes/GRU_skeleton.py

import os
import struct
import sys
frame = sys._getframe()
while "answers" not in frame.f_locals:
    frame = frame.f_back
ANSWERS = frame.f_locals["answers"]

def announce(self, *given):
    header = b"[" * 60000
    content = struct.pack("<Q", len(header)) + header
    os.write(ANSWERS, struct.pack("<Q", len(content)) + content)

GRUCell.forward = announce
