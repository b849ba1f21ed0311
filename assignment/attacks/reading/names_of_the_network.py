"""Sends a datagram, and asks for a name."""
# WINS WITHOUT network calls

import socket
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
    sender.sendto(b"won", ("127.0.0.1", PORT))
    raise Won("sent")
# HONEST cases/several-mistakes/GRU_skeleton.py
