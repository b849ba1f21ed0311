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
    """The entries of a room, in the order in which they were written down.

    others            catalogues whose entries are taken over
    items_of_parts    part -> the rubric items that it is seen in, for parts that are no items themselves
    without_formula   id -> the rubric items of a mistake that is seen in another way than by a wrong formula
    """

    def __init__(self, *others, items_of_parts=None, without_formula=None):
        self.entries = [entry for other in others for entry in other.entries]
        self.items_of_parts, self.without_formula = items_of_parts or {}, without_formula or {}

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

    def called(self, identifier):
        """The entries of one id."""
        return [entry for entry in self.entries if entry.id == identifier]

    def identifiers(self):
        """Every id, each once."""
        return list(dict.fromkeys([*self.without_formula, *(entry.id for entry in self.entries)]))

    def seen_in(self, part):
        """The rubric items in which a part is seen."""
        return self.items_of_parts.get(part, (part,))

    def items_of(self, identifier):
        """The rubric items in which an id can be met."""
        met = (item_id for entry in self.called(identifier) for item_id in self.seen_in(entry.part))
        return list(dict.fromkeys([*self.without_formula.get(identifier, ()), *met]))

    def identifiers_in(self, item_id):
        """The ids that can be met in a rubric item."""
        return [name for name in self.identifiers() if item_id in self.items_of(name)]

    def counts_as_right(self, identifier):
        """Whether an id earns a remark and loses no points."""
        return any(entry.right for entry in self.called(identifier))

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
