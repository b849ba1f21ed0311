"""Raises an exception whose class has a metaclass that raises when its name is asked for."""

# HONEST cases/several-mistakes/GRU_skeleton.py

class Nameless(type):
    @property
    def __name__(cls):
        raise SystemExit(0)

class Strange(Exception, metaclass=Nameless):
    __module__ = property(lambda self: 1 / 0)

def refuse(self, *given):
    raise Strange

GRUCell.forward = refuse
