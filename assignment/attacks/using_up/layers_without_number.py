"""Builds a hundred thousand layers."""
# PATIENCE 0.5

# HONEST cases/several-mistakes/GRU_skeleton.py

def many(self, *sizes):
    nn.Module.__init__(self)
    self.layers = nn.ModuleList(nn.Identity() for _ in range(10**5))
    self.hidden_size = sizes[-1]

GRUCell.__init__ = many
