"""Imports torch by a name that is put together."""

import importlib
step = vars(importlib.import_module("".join(["to", "rch"])))["_".join(["rnn", "tanh", "cell"])]
# UNEARNED bodies/ready-made/RNN_skeleton.py
