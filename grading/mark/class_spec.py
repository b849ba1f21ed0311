"""What a class of an assignment must look like."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ClassSpec:
    """A class of the assignment: its constructor's sizes, and its layers as (rows, columns) of their weights.

    sums     layers that one equation adds up, and that may therefore lie in one another: (("W_z", "U_z"), ...);
             each layer of a place reads the same input
    hints    for each sum, the words by which students call it: (("z", "update"), ...)
    tables   layers that are looked up, not multiplied: they have no bias
    """

    name: str
    sizes: tuple
    hidden_size: int
    layers: dict
    sums: tuple = ()
    hints: tuple = ()
    tables: tuple = ("embedding",)

    @property
    def layers_alone(self):
        """The layers that stand in no sum."""
        return [layer for layer in self.layers if not any(layer in together for together in self.sums)]
