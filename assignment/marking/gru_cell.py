"""The GRU's cell: its layers, and each of its four lines."""

from functools import cached_property

from assignment import equations
from assignment.marking.blanks import CELL_READS, cell_blank
from assignment.marking.specs import GRU_CELL, B, E, H
from grading.mark.agreement import agrees, compare
from grading.mark.checks import Checks
from grading.mark.explanation import UNNAMED
from grading.mark.gradient import cut_gradient, cut_verdict, cut_weight_gradient
from grading.mark.half import Whole, blank_verdict
from grading.mark.layers import layers_verdict
from grading.mark.module import named_gradients
from grading.sandbox.worker import StudentFault

CHECKS = Checks()
NEW_STATE = "gru.new_state"
HELD = {"gru.update_gate": "z", "gru.reset_gate": "r", "gru.candidate": "candidate"}  # the equations' names
STEP_NAMES = {"x": "x", "h": "h_prev"}  # the equations' names of a step's inputs, as the request has them
EXCHANGED = {"W_z": "W_r", "U_z": "U_r", "W_r": "W_z", "U_r": "U_z"}


class GruCell(Whole):
    """The cell as a whole: one step from a given word and state."""

    parts = tuple(CELL_READS)

    @cached_property
    def cases(self):
        """Given values for each blank are drawn, not computed, so that no blank's answer enters another's."""
        values = self.module.values
        given = {"x": values("gru.x", B, E), "h": values("gru.h", B, H), "candidate": values("gru.candidate", B, H)}
        given |= {gate: (1 + values(f"gru.{gate}", B, H)) / 2 for gate in "zr"}
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
        if rows[0][0].is_named:
            exchanged = rows[0][0].exchanged(EXCHANGED)
            rows.append((exchanged, rows[0][1].with_layers(exchanged.layers(rows[0][1].tensors))))
        right = (row for row in rows if agrees(self.numbers, equations.gru_cell(row[1])))
        return next((row for row in right if self.wrong_gradient(*row) is None), None)

    def wrong_gradient(self, binding, case):
        """(name, Agreement) of the cell's first gradient that is not the equations', or None."""
        slopes = named_gradients(self.output)
        inputs = {name: slopes[sent] for name, sent in STEP_NAMES.items() if sent in slopes}
        return cut_gradient(equations.gru_cell, case, self.probe, inputs, list(STEP_NAMES)) or cut_weight_gradient(
            equations.gru_cell, case, binding, self.probe, slopes
        )

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
        return equations.gru_values(case, {part: entry.formula for part, entry in explanation.items()})

    def narrowed(self, rows):
        """Those that predict the most of the values that the student's functions held.

        As a whole, z = 1 - sigmoid(...) equals a mix turned round; what `z` was tells them apart.
        """
        if not rows:
            return rows
        held = [array for name, array in self.output.items() if name.startswith("local:")]

        def known(row):
            case = self.values_of(row[1], row[2])
            return sum(any(agrees(array, getattr(case, name)) for array in held) for name in HELD.values())

        most = max(known(row) for row in rows)
        return [row for row in rows if known(row) == most]

    def explained(self, part):
        """As everywhere; where nothing explains the whole, a value that the cell holds is right, and the last line is
        wrong if all the others are right."""
        reading = super().explained(part)
        if reading is not None or self.explained_cases or self.numbers is None:
            return reading
        rest = [other for other in self.parts if other != NEW_STATE]
        if part != NEW_STATE:
            return "" if self.holds(part) else None
        return UNNAMED if all(self.holds(other) or self.is_right_alone(other) for other in rest) else None

    def is_right_alone(self, part):
        verdict = self.alone(part)
        return verdict is not None and verdict.is_right

    def holds(self, part):
        """Whether one of the student's variables had the right value of a part."""
        case = equations.gru_values(self.bound[1])
        held = (array for name, array in self.output.items() if name.startswith("local:"))
        return any(agrees(array, getattr(case, HELD[part])) for array in held)

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
    cell, speak = half.cell, half.speaker(NEW_STATE)
    if not all(CHECKS[item_id](half).is_right for item_id in CELL_READS if item_id != NEW_STATE):
        return verdict
    if isinstance(cell.output, StudentFault):
        return speak.fault(cell.output)
    binding, case, _ = cell.bound
    if not agrees(cell.numbers, equations.gru_cell(case)):
        return speak.failed(cell.difference(), None, "returned")
    return cut_verdict(speak, cell.wrong_gradient(binding, case))
