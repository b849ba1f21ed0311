"""Gives the same memory back twice."""

# HONEST cases/several-mistakes/GRU_skeleton.py

import ctypes

def free_twice(self, *given):
    library = ctypes.CDLL(None)
    library.malloc.restype = ctypes.c_void_p
    place = ctypes.c_void_p(library.malloc(100))
    library.free(place)
    library.free(place)
    library.free(ctypes.c_void_p(8))

GRUCell.forward = free_twice
