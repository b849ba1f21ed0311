"""What a student's object consists of, as its process tells: checked and bounded, since anything may be told."""

from dataclasses import dataclass
from math import prod

from grading.sandbox.worker import StudentFault

# What reading facts of another form than agreed raises; the last is int() of JSON's Infinity.
MALFORMED = (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError)
TENSORS, LINEAR, NAMES, NAME_LENGTH = 200, 200, 20, 80  # the most of each that is read
ELEMENTS = 100_000  # of all tensors that are given other numbers
SIZE_LIMIT = 10**9  # of one axis: more numbers than a child has memory for


@dataclass(frozen=True)
class Description:
    """The parameters of an object and its linear layers.

    tensors   parameter name -> shape
    linear    name of an nn.Linear -> (in, out)
    shared    lists of names that are one and the same module
    library   names of torch's own recurrent layers among its modules
    """

    tensors: dict
    linear: dict
    shared: list
    library: list

    @classmethod
    def checked(cls, told):
        """From what `describe` told.  Raises StudentFault if that is no description."""
        try:
            tensors = {str(k): tuple(size(n) for n in v[:8]) for k, v in list(told["tensors"].items())[:TENSORS]}
            linear = {str(k): (size(v[0]), size(v[1])) for k, v in list(told["linear"].items())[:LINEAR]}
            shared = [[str(name)[:NAME_LENGTH] for name in names[:NAMES]] for names in told["shared"][:NAMES]]
            library = [str(name)[:NAME_LENGTH] for name in told["library"][:NAMES]]
        except MALFORMED:
            raise StudentFault("bad_answer") from None
        return cls(bounded(tensors), linear, shared, library)

    @property
    def layer_names(self):
        return {name.rpartition(".")[0] for name in self.tensors}


def size(told):
    """The size of an axis.  Raises ValueError for one that no tensor has."""
    if not 0 <= int(told) <= SIZE_LIMIT:
        raise ValueError(f"no size: {told}")
    return int(told)


def bounded(tensors):
    """The tensors whose numbers the marker draws: those that together are of a sane size."""
    kept, left = {}, ELEMENTS
    for name, shape in tensors.items():
        elements = prod(max(size, 0) for size in shape)
        if 0 < elements <= left and len(name) <= NAME_LENGTH:
            kept[name], left = shape, left - elements
    return kept
