"""Makes the compiler itself do the work."""

# HONEST cases/several-mistakes/GRU_skeleton.py

def compile_it(self, *given):
    compile("x = " + "-" * 90 + "1" + " + 1" * 100000, "x", "exec")

GRUCell.forward = compile_it
