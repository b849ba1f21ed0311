"""A catalogue of misconceptions: for each part of the work, the wrong formulas that go by a name.

An entry is one function, the formula that a student computed in place of the right one.  Its words, what the
student is told and the question that leads on, stand under its id in each language's table.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from grading.mark.agreement import agrees


@dataclass(frozen=True)
class Misconception:
    """One entry.

    id          what a result carries
    part        what it puts a wrong formula in the place of: a rubric item, or a part of the loop
    formula     what is computed instead
    convention  whether it is another publication's form, and no slip of thought
    right       whether the formula counts as right: worth a remark, and no points
    """

    id: str
    part: str
    formula: Callable
    convention: bool = False
    right: bool = False


class Catalogue:
    """The entries of a room, in the order in which they were written down."""

    def __init__(self, *others):
        self.entries = [entry for other in others for entry in other.entries]

    def misconception(self, identifier, of, **attributes):
        """Register the decorated formula under an id, for one part or for several.

        of   a part's name, or {part: a first argument that tells the formula which part it stands in}
        """

        def register(formula):
            parts = of if isinstance(of, dict) else {of: None}
            for part, told in parts.items():
                bound = formula if told is None else partial(formula, told)
                self.entries.append(Misconception(identifier, part, bound, **attributes))
            return formula

        return register

    def of(self, part):
        """The entries of one part; an id may stand there more than once, for several formulas of one mistake."""
        return [entry for entry in self.entries if entry.part == part]

    def parts_of(self, identifier):
        """The parts in which an id is known."""
        return list(dict.fromkeys(entry.part for entry in self.entries if entry.id == identifier))

    def is_convention(self, part, identifier):
        """Whether an entry is another publication's form."""
        return any(entry.convention for entry in self.of(part) if entry.id == identifier)

    def name_of(self, part, got, case):
        """The id of the one entry of `part` that gives the numbers `got`; None for none, or more than one."""
        found = {entry.id for entry in self.of(part) if gives(entry.formula, case, got)}
        return found.pop() if len(found) == 1 else None


def gives(formula, case, got):
    """Whether a formula gives these numbers; one that can't run at these sizes does not."""
    try:
        return agrees(got, formula(case))
    except (IndexError, ValueError):
        return False
