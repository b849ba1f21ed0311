"""What a student's variables held while their cell ran, beside what an explanation of the cell has in their place.

The numbers of a whole say nothing of a value that the whole does not read: a candidate that ignores the reset gate is
the same whatever the gate was.  Only a variable that held the right value clears it.
"""

from functools import cached_property, partial

from assignment.equations import EQUATIONS
from grading.mark.agreement import agrees
from grading.mark.catalogue import Misconception, gives

HELD = {"gru.update_gate": "z", "gru.reset_gate": "r", "gru.candidate": "candidate"}  # the equations' names
VALUES = tuple(HELD.values())


def another(part, case):
    """Other numbers than a part's right ones."""
    return 1 - 2 * EQUATIONS[part](case)


ANOTHER = {part: Misconception("another", part, partial(another, part)) for part in HELD}


class CellValues:
    """The values in the student's local variables, of one step of their cell."""

    def __init__(self, cell):
        self.cell = cell

    @cached_property
    def held(self):
        """What each of the student's functions held when it returned, of the new state's shape."""
        return [array for name, array in self.cell.output.items() if name.startswith("local:")]

    def known(self, case, names=VALUES):
        """How many of a case's values were held, and how many that were held are among them."""
        matches = [[agrees(array, getattr(case, name)) for array in self.held] for name in names]
        return sum(any(row) for row in matches), sum(any(column) for column in zip(*matches, strict=True))

    def holds(self, part, case):
        """Whether the value that a part has in a case was held."""
        return any(agrees(array, getattr(case, HELD[part])) for array in self.held)

    def is_open(self, part, case, explanation):
        """Whether a part may be anything, for all that the whole and the variables say of it."""
        if part not in HELD or self.holds(part, self.cell.values_of(case, explanation)):
            return False
        other = self.cell.compute(case, explanation | {part: ANOTHER[part]})
        return agrees(other, self.cell.compute(case, explanation))

    def open_mistakes(self, case, explanation):
        """Of how many open parts a known mistake was held, that is no value of the explanation's."""
        values = self.cell.values_of(case, explanation)
        others = [array for array in self.held if not any(agrees(array, getattr(values, name)) for name in VALUES)]
        return sum(
            any(gives(entry.formula, values, array) for entry in self.cell.catalogue.of(part) for array in others)
            for part in HELD
            if self.is_open(part, case, explanation)
        )
