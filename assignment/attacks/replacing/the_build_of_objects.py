"""Takes the place of the function that builds an object with given weights, and gives its own."""

# HONEST cases/several-mistakes/GRU_skeleton.py

import sys
frame = sys._getframe()
while "OPERATIONS" not in frame.f_globals:
    frame = frame.f_back
operations = frame.f_globals["operations"]
real = operations.build

def build(module, arrays, facts):
    built = real(module, arrays, facts)
    for parameter in built.parameters():
        parameter.data.zero_()
    return built

operations.build = build
