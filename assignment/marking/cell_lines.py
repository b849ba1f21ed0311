"""What the lines of a student's cell gave, each tried alone: no arrangement of the layers may say otherwise."""

from functools import cached_property

from assignment.equations import EQUATIONS
from grading.mark.catalogue import gives
from grading.mark.explanation import AT_MOST
from grading.sandbox.worker import StudentFault


class CellLines:
    """The numbers of a cell's lines, as far as they could be tried alone and tell of their own line."""

    def __init__(self, cell):
        self.cell = cell

    @cached_property
    def numbers(self):
        """part -> what its line gave."""
        found = {part: self.numbers_of(part) for part in self.cell.parts}
        return {part: got for part, got in found.items() if got is not None}

    def numbers_of(self, part):
        half = self.cell.half
        if part not in half.items or half.is_blank(part):
            return None
        try:
            got, sure = self.cell.given_alone(part, self.cell.cases[0][1])
        except StudentFault:
            return None
        return got if sure else None

    def agree(self, case, explanation):
        """Whether every line gave what the explanation has in its place."""
        formulas = {
            part: explanation[part].formula if part in explanation else EQUATIONS[part] for part in self.numbers
        }
        return all(gives(formula, case, self.numbers[part]) for part, formula in formulas.items())

    def wrong(self, case):
        """How many lines are wrong with the layers of a case; more than are looked for if one is so in no known way."""
        wrong = {part: got for part, got in self.numbers.items() if not gives(EQUATIONS[part], case, got)}
        known = (any(gives(e.formula, case, got) for e in self.cell.catalogue.of(part)) for part, got in wrong.items())
        return len(wrong) if all(known) else AT_MOST + 1
