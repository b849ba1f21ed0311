"""The GRU's cell: its layers, and each of its four lines."""

from functools import cached_property
from itertools import product

from assignment import equations
from assignment.marking.blanks import CELL_READS, cell_blank
from assignment.marking.cell_lines import CellLines
from assignment.marking.cell_values import HELD, CellValues
from assignment.marking.cuts import cut_lines
from assignment.marking.loops import speaker_at
from assignment.marking.specs import GRU_CELL, B, E, H
from grading.mark.agreement import agrees, compare
from grading.mark.checks import Checks
from grading.mark.explanation import UNNAMED
from grading.mark.gradient import (
    agrees_in_directions,
    cut_gradient,
    cut_verdict,
    cut_weight_gradient,
    has_weight_gradients,
)
from grading.mark.half import Whole, blank_verdict
from grading.mark.layers import layers_verdict
from grading.mark.module import drawn_values, named_gradients
from grading.sandbox.worker import StudentFault

CHECKS = Checks()
NEW_STATE = "gru.new_state"
STEP_NAMES = {"x": "x", "h": "h_prev"}  # the equations' names of a step's inputs, as the request has them
EXCHANGED = {"W_z": "W_r", "U_z": "U_r", "W_r": "W_z", "U_r": "U_z"}


def given_values():
    """What a cell is given.  The values of each blank are drawn, not computed, so that no blank's answer enters
    another's."""
    given = {name: drawn_values(f"gru.{name}", B, size) for name, size in {"x": E, "h": H, "candidate": H}.items()}
    return given | {gate: (1 + drawn_values(f"gru.{gate}", B, H)) / 2 for gate in "zr"}


class GruCell(Whole):
    """The cell as a whole: one step from a given word and state."""

    parts = tuple(CELL_READS)

    @cached_property
    def cases(self):
        given = given_values()
        return [(b, self.module.case(GRU_CELL, b, **given)) for b in self.module.bindings(GRU_CELL)]

    @cached_property
    def probe(self):
        return self.module.values("gru.cell_probe", B, H)

    @cached_property
    def output(self):
        """What the cell gives, with gradients and the values that it held, or the StudentFault that it was."""
        case = self.cases[0][1]
        arrays = {"x": case.x, "h_prev": case.h, "probe": self.probe}
        try:
            return self.module.ask("step", GRU_CELL, case, arrays, trace=True)
        except StudentFault as fault:
            return fault

    @cached_property
    def numbers(self):
        return None if isinstance(self.output, StudentFault) else self.output["output"]

    @cached_property
    def agreeing(self):
        """(Binding, Case) with which the cell is right in values and gradients, or None.

        Both gates' layers exchanged throughout is an exact GRU with two names turned round.
        """
        if self.numbers is None or any(self.half.is_blank(part) for part in self.parts):
            return None
        rows = [*self.cases]
        for binding, case in [row for row in rows if row[0].is_named]:
            exchanged = binding.exchanged(EXCHANGED)
            rows.append((exchanged, case.with_layers(exchanged.layers(case.tensors))))
        right = (row for row in rows if agrees(self.numbers, equations.gru_cell(row[1])))
        return next((row for row in right if self.wrong_gradient(*row) is None), None)

    def wrong_gradient(self, binding, case):
        """(name, Agreement) of the cell's first gradient that is not the equations', or None."""
        slopes = named_gradients(self.output)
        inputs = {name: slopes[sent] for name, sent in STEP_NAMES.items() if sent in slopes}
        return cut_gradient(equations.gru_cell, case, self.probe, inputs, list(STEP_NAMES)) or cut_weight_gradient(
            equations.gru_cell, case, binding, self.probe, slopes
        )

    @cached_property
    def has_right_numbers(self):
        return self.numbers is not None and agrees(self.numbers, equations.gru_cell(self.bound[1]))

    @cached_property
    def cut_lines(self):
        """Sets of lines, of those that can't be tried alone, whose cut gradients are the cell's: see `cuts`."""
        binding, case = self.bound
        slopes = named_gradients(self.output)
        inputs = {name: slopes.get(sent) for name, sent in STEP_NAMES.items()}

        def has_gradients_of(cell):
            return agrees_in_directions(cell, case, self.probe, inputs) and has_weight_gradients(
                cell, case, binding, self.probe, slopes
            )

        return cut_lines(has_gradients_of, [part for part in self.parts if not self.is_right_alone(part)])

    @property
    def is_right(self):
        return self.agreeing is not None

    @property
    def is_exchanged(self):
        return self.is_right and self.cases[0][0].is_named and not self.agreeing[0].is_named

    def compute(self, case, explanation):
        """The new state, with wrong formulas in the place of some lines."""
        return self.values_of(case, explanation).new_state

    def values_of(self, case, explanation):
        """The Case with z, r, candidate and new_state in it, each line computed once for all that stands before it."""
        for part, name in {**HELD, NEW_STATE: "new_state"}.items():
            entry = explanation.get(part)
            if (case, part, entry) not in self.lines:
                formula = entry.formula if entry else equations.EQUATIONS[part]
                self.lines[case, part, entry] = case.replace(**{name: formula(case)})
            case = self.lines[case, part, entry]
        return case

    @cached_property
    def lines(self):
        return {}

    @cached_property
    def variables(self):
        return CellValues(self)

    @cached_property
    def lines_alone(self):
        return CellLines(self)

    def lines_agree(self, case, explanation):
        """With right numbers, the whole says how its layers lie, whatever its lines look like alone."""
        return not explanation or self.lines_alone.agree(case, explanation)

    @cached_property
    def surprises(self):
        """id of a case -> the Surprises of its binding."""
        return {id(case): binding.surprises(GRU_CELL) for binding, case in self.cases}

    def plausible_cases(self, mistakes):
        """For a cell that is wrong: the cases that names speak against the least, with no more wrong lines than that.

        Where no line could be tried alone, two mistakes are looked for under those of them with the most right gates
        among the values that the student's functions held.
        """
        rows = super().plausible_cases(mistakes)
        if not mistakes:
            return rows
        least = min(found.contradicted for found in self.surprises.values())
        rows = [row for row in rows if self.surprises[id(row[1])].contradicted == least]
        rows = [row for row in rows if self.lines_alone.wrong(row[1]) <= mistakes]
        if mistakes < 2 or len(rows) < 2 or self.lines_alone.numbers:
            return rows
        gates = [self.variables.known(self.values_of(case, {}), "zr")[0] for _, case in rows]
        return [row for row, count in zip(rows, gates, strict=True) if count == max(gates)]

    def likeliest(self, rows):
        """Of a cell that is wrong: those whose tensors are stacked in a usual order."""
        if not any(explanation for *_, explanation in rows):  # with right numbers, no other arrangement matters
            return rows
        least = min((found.contradicted, found.unusual) for found in self.surprises.values())
        found = [self.surprises[id(case)] for _, case, _ in rows]
        return [row for row, one in zip(rows, found, strict=True) if (one.contradicted, one.unusual) == least]

    def narrowed(self, rows):
        """Those that predict the most of the values that the student's functions held.

        As a whole, z = 1 - sigmoid(...) equals a mix turned round; what `z` was tells them apart.  What a line was that
        nothing reads is not predicted: a known mistake that was held in its place speaks against no explanation.
        """
        known = [self.variables.known(self.values_of(case, explanation)) for _, case, explanation in rows]
        open_too = [self.variables.open_mistakes(case, explanation) for _, case, explanation in rows]
        counts = zip(rows, known, open_too, strict=True)
        return [row for row, (values, held), more in counts if (values + more, held) >= max(known)]

    def explained(self, part):
        """As everywhere, if the whole tells of the part; where nothing explains the whole, a value that the cell holds
        is right, and the last line is wrong if all the others are right."""
        if any(self.variables.is_open(part, case, explanation) for _, case, explanation in self.likely_cases):
            return None
        reading = super().explained(part)
        if reading is not None or self.possible_cases or self.numbers is None:
            return reading
        rest = [other for other in self.parts if other != NEW_STATE]
        if part != NEW_STATE:
            return "" if self.holds(part) else None
        return UNNAMED if all(self.holds(other) or self.is_right_alone(other) for other in rest) else None

    def returns_something_else(self, wrong):
        """Whether the cell gives other numbers than its own lines, where each wrong one has a name."""
        formulas = [self.formulas_of(part, verdict) for part, verdict in wrong.items()]
        if not all(formulas) or not all(self.alone(part) for part in self.parts) or not self.cases[0][0].is_named:
            return False
        wholes = (self.compute(self.bound[1], {e.part: e for e in chosen if e}) for chosen in product(*formulas))
        return not any(agrees(self.numbers, whole) for whole in wholes)

    def formulas_of(self, part, verdict):
        """The entries of the catalogue that a wrong line may have computed; None for the right values, cut or not."""
        if verdict.misconception == "gradient-cut":
            return [None, *(entry for entry in self.catalogue.of(part) if entry.convention)]
        return [entry for entry in self.catalogue.of(part) if entry.id == verdict.misconception]

    def is_right_alone(self, part):
        verdict = self.alone(part)
        return verdict is not None and verdict.is_right

    def holds(self, part):
        """Whether one of the student's variables had the right value of a part."""
        return self.variables.holds(part, equations.gru_values(self.bound[1]))

    def blank(self, item, case):
        return cell_blank(item, case)

    def difference(self):
        return self.words.difference(compare(self.numbers, equations.gru_cell(self.bound[1])))


@CHECKS.item("gru.layers")
def layers(half):
    return layers_verdict(half, "gru.layers", "GRUCell", tuple(GRU_CELL.layers))


def line_check(item_id):
    """The check of one line of the cell."""

    def check(half):
        verdict = blank_verdict(half.cell, item_id)
        if verdict.is_right and half.cell.has_right_numbers and not half.cell.is_right:
            return cut_line_verdict(half, item_id, verdict)
        if item_id == NEW_STATE and verdict.is_right and not half.cell.is_right:
            return returned_verdict(half, verdict)
        if verdict.is_right and half.cell.is_exchanged and item_id.endswith("_gate"):
            return half.speaker(item_id).passed("agrees_exchanged")
        return verdict

    return check


for line in CELL_READS:
    CHECKS.item(line)(line_check(line))


def returned_verdict(half, verdict):
    """Every line of the cell is right alone, but not the cell: then it is what the cell returns."""
    cell = half.cell
    lines = {item_id: blank_verdict(cell, item_id) for item_id in CELL_READS}
    if all(line.is_right for line in lines.values()):
        if isinstance(cell.output, StudentFault):
            return speaker_at(half, NEW_STATE, None if cell.output.line else "cell").fault(cell.output)
        return speaker_at(half, NEW_STATE, "cell").failed(cell.difference(), None, "returned")
    wrong = {item_id: line for item_id, line in lines.items() if not line.is_right}
    if cell.numbers is not None and cell.returns_something_else(wrong):
        return speaker_at(half, NEW_STATE, "cell").failed(cell.difference(), None, "returned")
    return verdict


def cut_line_verdict(half, item_id, verdict):
    """The cell is right in values, not in gradients, and no line tried alone is at fault: is it this one?"""
    cell, speak = half.cell, half.speaker(item_id)
    if not all(blank_verdict(cell, other).is_right for other in CELL_READS):
        return verdict
    cut = cut_verdict(speak, cell.wrong_gradient(*cell.bound), bool(cell.cut_lines))
    if not cell.cut_lines and item_id == NEW_STATE:
        is_what_is_returned = all(cell.is_right_alone(part) for part in CELL_READS)
        return cut if is_what_is_returned else speak.review(cut.saw, "undecided")
    accusing = [item_id in lines for lines in cell.cut_lines]
    if accusing and all(accusing):
        return cut
    return speak.review(cut.saw, "undecided") if any(accusing) else verdict
