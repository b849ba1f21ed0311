"""Layers that say they have more rows than any machine could hold, or fewer than none."""

# HONEST cases/several-mistakes/GRU_skeleton.py


class Huge(nn.Linear):
    def __init__(self, size):
        super().__init__(2, 3)
        self.in_features, self.out_features = size, -size


made = GRUCell.__init__


def forged(self, *sizes):
    made(self, *sizes)
    self.W_z, self.U_z = Huge(10**300), Huge(10**18)


GRUCell.__init__ = forged
