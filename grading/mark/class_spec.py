"""What a class of an assignment must look like."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ClassSpec:
    """A class of the assignment: its constructor's sizes, and its layers as (rows, columns) of their weights.

    sums     layers that one equation adds up, and that may therefore lie in one another: (("W_z", "U_z"), ...);
             each layer of a place reads the same input
    hints    for each sum, the words by which students call it: (("z", "update"), ...)
    orders   the orders in which the sums are stacked in one tensor, as places: ((0, 1, 2), ...); () where any is usual
    tables   layers that are looked up, not multiplied: they have no bias
    """

    name: str
    sizes: tuple
    hidden_size: int
    layers: dict
    sums: tuple = ()
    hints: tuple = ()
    orders: tuple = ()
    tables: tuple = ("embedding",)

    def __post_init__(self):
        """Raises ValueError for a sum of what is no layer of the class, and for hints that are not one for each sum."""
        unknown = [layer for together in self.sums for layer in together if layer not in self.layers]
        if unknown:
            raise ValueError(f"{self.name} sums up {unknown[0]!r}, which is none of its layers; correct `sums`.")
        if len(self.hints) not in {0, len(self.sums)}:
            raise ValueError(f"{self.name} has {len(self.hints)} hints for {len(self.sums)} sums; give one for each.")

    @property
    def layers_alone(self):
        """The layers that stand in no sum."""
        return [layer for layer in self.layers if not any(layer in together for together in self.sums)]
