"""Memory that one batch after another is worked out in: fresh pages for each would cost as much as the arithmetic."""

import torch


class Buffers:
    """Tensors by name and shape, made once.  What one holds stays until the same name and shape are asked for again."""

    def __init__(self, device):
        self.device, self.held = device, {}

    def empty(self, name, *shape):
        """A float32 tensor of this shape, with whatever its last user left in it."""
        key = (name, shape)
        if key not in self.held:
            self.held[key] = torch.empty(shape, device=self.device)
        return self.held[key]

    def filled(self, value, *shape):
        """A tensor that holds one value; nobody may change it.  An operand of this kind is faster than a number."""
        key = (value, shape)
        if key not in self.held:
            self.held[key] = torch.full(shape, float(value), device=self.device)
        return self.held[key]
