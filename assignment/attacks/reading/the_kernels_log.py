"""Asks the kernel for its log."""

import ctypes
text = ctypes.create_string_buffer(4096)
if ctypes.CDLL(None).klogctl(3, text, 4096) > 0:
    raise Won(text.value.decode(errors="replace"))
# HONEST cases/several-mistakes/GRU_skeleton.py
