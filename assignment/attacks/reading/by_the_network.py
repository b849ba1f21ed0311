"""Connects to a server on this machine."""
# WINS WITHOUT network landlock calls

import socket
with socket.create_connection(("127.0.0.1", PORT), 5):
    raise Won("connected")
# HONEST cases/several-mistakes/GRU_skeleton.py
