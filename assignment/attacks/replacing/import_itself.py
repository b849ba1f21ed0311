"""Whatever is imported from now on is an object of its own."""

# HONEST cases/several-mistakes/GRU_skeleton.py

import builtins
real = builtins.__import__

class Anything:
    def __getattr__(self, name):
        return self
    def __call__(self, *given, **named):
        return self

builtins.__import__ = lambda name, *given, **named: Anything() if "safetensors" in name else real(name, *given, **named)
