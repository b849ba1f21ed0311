"""A cell as a whole, and each of its lines."""

from dataclasses import replace
from functools import cached_property

from grading.mark.agreement import agrees, compare
from grading.mark.binding import Binding
from grading.mark.gradient import cut_gradient, cut_weight_gradient
from grading.mark.half import Whole, blank_verdict
from grading.mark.module import drawn_values, named_gradients
from grading.sandbox.worker import StudentFault
from labs.gating.equations import EQUATIONS, cell_values
from labs.gating.marking.specs import B, E, H, line_blank
from labs.gating.misconceptions import CATALOGUE

STEP_NAMES = {"x": "x", "h": "h_prev"}  # the equations' names of a step's inputs, as the request has them
STATE_FIRST = (slice(None), (*range(H, H + E), *range(H)))  # the columns of a layer that reads [h, x], as [x, h]


class Cell(Whole):
    """A student's cell: one step from a given word and state.

    spec     its ClassSpec
    lines    item -> the name of its value, in the order in which they are computed
    joined   layers that read word and state at once, in either order
    stacked  layers that hold the matrices of both gates below each other, in either order
    """

    def __init__(self, half, spec, lines, joined=(), stacked=()):
        super().__init__(half, CATALOGUE)
        self.spec, self.lines, self.joined, self.stacked = spec, lines, joined, stacked
        self.parts = tuple(lines)

    @cached_property
    def cases(self):
        given = given_values(self.spec, self.lines)
        return [(binding, self.module.case(self.spec, binding, **given)) for binding in self.bindings]

    @property
    def bindings(self):
        """The engine's, each also with joined layers that read the state first: [h, x] is [x, h] with other columns."""
        found = self.module.bindings(self.spec)
        for layer in self.joined:
            found = [way for binding in found for way in (binding, with_state_first(binding, layer))]
        return found

    @cached_property
    def probe(self):
        return drawn(self.spec, "probe", H)

    @cached_property
    def output(self):
        """What the cell gives, with gradients, or the StudentFault that it was."""
        case = self.cases[0][1]
        arrays = {"x": case.x, "h_prev": case.h, "probe": self.probe}
        try:
            return self.module.ask("step", self.spec, case, arrays)
        except StudentFault as fault:
            return fault

    @cached_property
    def numbers(self):
        return None if isinstance(self.output, StudentFault) else self.output["output"]

    def compute(self, case, explanation):
        """The new state, with wrong formulas in the place of some lines."""
        wrong = {part: entry.formula for part, entry in explanation.items()}
        return cell_values(case, self.lines, EQUATIONS | wrong).new_state

    def right(self, case):
        return self.compute(case, {})

    @cached_property
    def cases_with_right_numbers(self):
        """[(Binding, Case)] under which the whole is right: both gates' matrices may have exchanged their places."""
        if self.numbers is None:
            return []
        rows = [*self.cases]
        for binding, case in self.cases if self.stacked else ():
            exchanged = with_gates_exchanged(binding, self.stacked)
            rows.append((exchanged, case.with_layers(exchanged.layers(case.tensors))))
        return [(binding, case) for binding, case in rows if agrees(self.numbers, self.right(case))]

    @cached_property
    def is_right(self):
        """Whether it agrees with the equations in values and gradients, with every blank filled in."""
        if any(self.half.is_blank(part) for part in self.parts):
            return False
        return any(self.has_right_gradients(*row) for row in self.cases_with_right_numbers)

    def has_right_gradients(self, binding, case):
        slopes = named_gradients(self.output)
        inputs = {name: slopes[sent] for name, sent in STEP_NAMES.items() if sent in slopes}
        return not cut_gradient(self.right, case, self.probe, inputs, list(STEP_NAMES)) and not cut_weight_gradient(
            self.right, case, binding, self.probe, slopes
        )

    def blank(self, item, case):
        return line_blank(item, case)

    def difference(self):
        return self.words.difference(compare(self.numbers, self.right(self.bound[1])))


def given_values(spec, lines):
    """name -> values: each line is given drawn ones, not computed ones, so that no line's answer enters another's."""
    given = {"x": drawn(spec, "x", E), "h": drawn(spec, "h", H)}
    for name in list(lines.values())[:-1]:
        values = drawn(spec, name, H)
        given[name] = values if name == "candidate" else (1 + values) / 2
    return given


def drawn(spec, name, size):
    return drawn_values(f"{spec.name}.{name}", B, size)


def with_state_first(binding, layer):
    """A Binding in which one layer's weight has the columns of the state before those of the word."""
    blocks = (
        replace(block, index=STATE_FIRST) if (block.layer, block.kind) == (layer, "weight") else block
        for block in binding.blocks
    )
    return Binding(tuple(blocks), binding.is_named)


def with_gates_exchanged(binding, layers):
    """A Binding in which the first two matrices of some layers, and their biases, stand in each other's place."""
    rows = (*range(H, 2 * H), *range(H), *range(2 * H, 3 * H))
    places = {"weight": (rows, slice(None)), "bias": (rows,)}
    blocks = (replace(block, index=places[block.kind]) if block.layer in layers else block for block in binding.blocks)
    return Binding(tuple(blocks), binding.is_named)


def line_verdict(half, item_id):
    """One line of the cell; where every line is right by itself and the cell is not, it is what the cell returns."""
    cell = half.cell
    verdict = blank_verdict(cell, item_id)
    if not verdict.is_right or item_id != cell.parts[-1]:
        return verdict
    own, speak = half.module.described[cell.spec.name], half.speaker(item_id)
    if isinstance(own, StudentFault):  # it can't be built; its lines were tried with right layers
        return speak.fault(own)
    if not half.module.arranges_all(cell.spec):
        return speak.review(half.words.say("saw", "unusual"))
    if cell.is_right or not all(blank_verdict(cell, other).is_right for other in cell.parts):
        return verdict
    if isinstance(cell.output, StudentFault):
        return speak.fault(cell.output)
    if cell.cases_with_right_numbers:  # a gradient is lost in no line that could be tried alone
        return speak.review(half.words.say("saw", "undecided"), "undecided")
    return speak.failed(cell.difference(), None, "returned")
