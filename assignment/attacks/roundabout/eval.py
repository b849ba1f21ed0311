"""Evaluates the name of the library's cell, written backwards."""

import torch
step = eval("llec_hnat_nnr.hcrot"[::-1])
# UNEARNED bodies/ready-made/RNN_skeleton.py
