"""Opens a socket in the abstract name space, which no file system guards."""
# WINS WITHOUT calls

import socket
with socket.socket(socket.AF_UNIX) as listening:
    listening.bind("\0" + MARK)
    raise Won("bound")
# HONEST cases/several-mistakes/GRU_skeleton.py
