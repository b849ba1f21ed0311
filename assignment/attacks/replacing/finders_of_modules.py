"""A finder of its own gives whatever is imported from now on."""

import importlib.abc
import importlib.machinery
import sys

class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        return importlib.machinery.ModuleSpec(name, self)
    def create_module(self, spec):
        return None
    def exec_module(self, module):
        module.__dict__.update(load=lambda *a: {}, save=lambda *a: b"", dumps=lambda *a: "{}")

sys.meta_path.insert(0, Finder())
sys.path.insert(0, PLACE)
# HONEST cases/several-mistakes/GRU_skeleton.py
