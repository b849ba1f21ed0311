"""Raises errors that are called like the marker's own."""

# HONEST cases/several-mistakes/GRU_skeleton.py

class ZygoteFault(RuntimeError): pass
class StudentFault(Exception): pass
class NotFilledIn(ValueError): pass
class LayerFault(Exception): pass
class MemoryError(Exception): pass

def refuse(self, *given):
    raise ZygoteFault("the process that runs student code is gone")

GRUCell.forward = GRUModel.forward = refuse
raise LayerFault("files", "does not stand")
