"""Raises an error whose way back never ends."""
# PATIENCE 0.5

# HONEST cases/several-mistakes/GRU_skeleton.py

class Frame:
    tb_lineno = 1
    def __getattr__(self, name):
        return self
    def endswith(self, *given):
        return False

class Endless(Exception):
    __traceback__ = property(lambda self: Frame())

def refuse(self, *given):
    raise Endless

GRUCell.forward = refuse
