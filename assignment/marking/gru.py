"""The GRU's items: the cell's gates, each alone, and the loop over a text with a cell that is known."""

from functools import cached_property

from assignment import equations
from assignment.marking.blanks import CELL_READS, cell_blank
from assignment.marking.learning import SIZES, learns_verdict
from assignment.marking.loops import HEADS, RIGHT_HEADS, read_loop, unsettled_verdict
from grading.mark.agreement import agrees, compare
from grading.mark.checks import Checks
from grading.mark.half import (
    ClassSpec,
    Half,
    blank_verdict,
    cut_gradient,
    cut_verdict,
    difference,
    layers_verdict,
    weight_names,
)
from grading.mark.module import named_gradients
from grading.sandbox.worker import StudentFault

B, T, E, H, V, O = 3, 5, 4, 6, 11, 7  # documents, steps, embedding, hidden, vocabulary, classes: all different


def gate_layers(inner, hidden):
    """The six layers of the cell."""
    return {f"{kind}_{gate}": (hidden, inner if kind == "W" else hidden) for gate in "zrh" for kind in "WU"}


def model_spec(vocabulary, embedding, hidden, classes, cell_layers=None):
    """What GRUModel must look like at these sizes, with the student's cell or with the layers of a stand-in."""
    inner = cell_layers or gate_layers(embedding, hidden)
    layers = {"embedding": (vocabulary, embedding)} | {f"gru_cell.{name}": shape for name, shape in inner.items()}
    sizes = (vocabulary, embedding, hidden, classes)
    return ClassSpec("GRUModel", sizes, hidden, layers | {"fc": (classes, hidden)})


def loop_spec(vocabulary, embedding, hidden, classes):
    """The model with a cell that is right by definition."""
    return model_spec(vocabulary, embedding, hidden, classes, {"A": (hidden, embedding)})


GRU_CELL = ClassSpec("GRUCell", (E, H), H, gate_layers(E, H))
CLASSES = {"GRUCell": GRU_CELL, "GRUModel": model_spec(V, E, H, O)}
CELL_SLOPES = {"h_prev": "h"}  # the step's names of its inputs, as the equations have them
CHECKS = Checks()


class GruHalf(Half):
    """GRU_skeleton.py: the cell as a whole, and the loop with a stand-in for the cell."""

    @cached_property
    def case(self):
        """Given values for each blank: drawn, not computed, so that no blank's answer enters another's."""
        module = self.module
        gates = {"z": (1 + module.values(B, H)) / 2, "r": (1 + module.values(B, H)) / 2}
        return module.case(
            GRU_CELL, x=module.values(B, E), h=module.values(B, H), candidate=module.values(B, H), **gates
        )

    @cached_property
    def cell_probe(self):
        return self.module.values(B, H)

    @cached_property
    def cell_output(self):
        """What the cell as a whole gives, with gradients, or the StudentFault that it was."""
        arrays = {"x": self.case.x, "h_prev": self.case.h, "probe": self.cell_probe}
        try:
            return self.module.ask("step", GRU_CELL, self.case, arrays)
        except StudentFault as fault:
            return fault

    @cached_property
    def cell_reading(self):
        """ "right" or "exchanged" where the cell as a whole agrees in values and gradients; else ""."""
        if any(self.is_blank(name) for name in CELL_READS) or isinstance(self.cell_output, StudentFault):
            return ""
        for reading, equation in {"right": equations.gru_cell, "exchanged": equations.exchanged_gru_cell}.items():
            if agrees(self.cell_output["output"], equation(self.case)):
                return "" if self.wrong_cell_gradient(equation) else reading
        return ""

    def wrong_cell_gradient(self, equation):
        """(name, Agreement) of the cell's first gradient that is not the equation's, or None."""
        slopes = {CELL_SLOPES.get(name, name): slope for name, slope in named_gradients(self.cell_output).items()}
        return cut_gradient(equation, self.case, self.cell_probe, slopes, ["x", "h", *weight_names(self.case)])

    @cached_property
    def loop_case(self):
        """Weights for a model whose cell is the stand-in."""
        tokens = self.module.random.integers(1, V, (B, T))  # 0 may be padding
        return self.module.case(loop_spec(V, E, H, O), tokens=tokens, hidden_size=H)

    @cached_property
    def probe(self):
        return self.module.values(B, O)

    @cached_property
    def output(self):
        """What the student's model gives with the stand-in for its cell, or the StudentFault that it was."""
        try:
            return self.run_loop(loop_spec(V, E, H, O), self.loop_case, {"probe": self.probe})
        except StudentFault as fault:
            return fault

    def run_loop(self, spec, case, arrays):
        """The student's model with the stand-in for its cell.  Raises StudentFault."""
        _, embedding, hidden, _ = spec.sizes
        stand_in = {"class": "GRUCell", "name": "gru_cell", "sizes": [embedding, hidden]}
        return self.module.ask("forward", spec, case, {"x": case.tokens} | arrays, stand_in=stand_in)

    @cached_property
    def right_output(self):
        return self.output_from(None)

    def output_from(self, start):
        """What a right loop gives from a start other than zero."""
        return equations.classify(self.loop_case, equations.stand_in_cell, start)

    @cached_property
    def loop(self):
        def states_of(embedded, carry):
            return equations.states(self.loop_case, equations.stand_in_cell, embedded, carry)

        return read_loop(self.output["output"], self.loop_case, states_of, equations.embed(self.loop_case))

    def gradient_unlike(self, model, head):
        """(name, Agreement) of the first gradient that is not that of `model` with the stand-in, or None."""

        def equation(case):
            return HEADS[head](model(case, equations.stand_in_cell))

        slopes, names = named_gradients(self.output), weight_names(self.loop_case)
        return cut_gradient(equation, self.loop_case, self.probe, slopes, names)

    def model_is_right(self):
        """Whether the model agrees with the equations in values and gradients with the student's own cell in it."""
        tokens = self.module.random.integers(1, V, (B, T))
        case = self.module.case(CLASSES["GRUModel"], tokens=tokens, hidden_size=H)
        try:
            found = self.module.ask("forward", CLASSES["GRUModel"], case, {"x": tokens, "probe": self.probe})
        except StudentFault:
            return False
        if not agrees(found["again"], found["output"]) or not agrees(found["alone"], found["output"][:1]):
            return False
        slopes, names = named_gradients(found), weight_names(case)
        return any(
            agrees(found["output"], HEADS[head](equations.gru(case)))
            and not cut_gradient(lambda c, head=head: HEADS[head](equations.gru(c)), case, self.probe, slopes, names)
            for head in RIGHT_HEADS
        )

    def has_swapped_arguments(self):
        """Whether the cell is called as cell(h, x): tried where word and state have one size, so that it can run."""
        spec = loop_spec(V, H, H, O)
        case = self.module.case(spec, tokens=self.loop_case.tokens, hidden_size=H)
        try:
            output = self.run_loop(spec, case, {})["output"]
        except StudentFault:
            return False
        return agrees(output, equations.classify(case, equations.swapped_stand_in_cell))


def gate_check(item_id):
    """The check of one blank of the cell, tried with given values for all that it may read."""

    def check(half):
        blank = cell_blank(half.items[item_id], half.case)
        verdict = blank_verdict(half, item_id, half.case, blank, bool(half.cell_reading))
        if item_id == "gru.new_state" and verdict.is_right and not half.cell_reading:
            return returned_verdict(half, verdict)
        if verdict.is_right and half.cell_reading == "exchanged" and item_id.endswith("_gate"):
            return half.speaker(item_id).passed("agrees_exchanged")
        return verdict

    return check


def returned_verdict(half, verdict):
    """Every line of the cell is right alone, but not the cell: then it is what the cell returns."""
    others = [CHECKS[item_id](half) for item_id in CELL_READS if item_id != "gru.new_state"]
    if not all(other.is_right for other in others):
        return verdict
    speak = half.speaker("gru.new_state")
    if isinstance(half.cell_output, StudentFault):
        return speak.fault(half.cell_output)
    agreement = compare(half.cell_output["output"], equations.gru_cell(half.case))
    if not agreement.right:
        return speak.failed(difference(half, agreement), None, half.words.say("cause", "returned"))
    return cut_verdict(half, speak, half.wrong_cell_gradient(equations.gru_cell))


@CHECKS.item("gru.layers")
def layers(half):
    return layers_verdict(half, "gru.layers", "GRUCell", tuple(GRU_CELL.layers))


for blank in ("gru.update_gate", "gru.reset_gate", "gru.candidate", "gru.new_state"):
    CHECKS.item(blank)(gate_check(blank))


@CHECKS.item("gru.unroll")
def unroll(half):
    """Every step, in order, each from the state before: with a cell that is right by definition, or as a whole."""
    speak = half.speaker("gru.unroll")
    if half.is_blank("gru.unroll"):
        return speak.blank()
    if half.module.fault:
        return speak.fault(half.module.fault)
    verdict = loop_verdict(half, speak)
    if verdict.is_right or half.cell_reading != "right":
        return verdict
    if half.model_is_right():
        return speak.passed()
    return speak.review(half.words.say("saw", "unusual")) if half.module.is_unusual("GRUModel") else verdict


def loop_verdict(half, speak):
    """The loop with the stand-in for its cell."""
    if isinstance(half.output, StudentFault):
        verdict = speak.fault(half.output)
        if half.output.outcome == "error" and half.has_swapped_arguments():
            return speak.failed(verdict.saw, "arguments-swapped")
        return verdict
    found = half.output["output"]
    if not agrees(half.output["again"], found):
        return unsettled_verdict(half, speak, half.output, half.right_output, half.output_from)
    saw = difference(half, compare(found, half.right_output))
    if half.loop is None:
        return speak.failed(saw)
    steps, carry, read_out, head = half.loop
    mistake = carry or steps or read_out or (head if head not in RIGHT_HEADS else None)
    if mistake:
        return speak.failed(saw, mistake)
    if not agrees(half.output["alone"], found[:1]):
        return speak.failed(half.words.say("saw", "batch_of_one"), None, half.words.say("cause", "batch_of_one"))
    cut = half.gradient_unlike(equations.classify, head)
    if cut:
        return cut_verdict(half, speak, cut, half.gradient_unlike(equations.classify_cut, head) is None)
    return speak.passed(RIGHT_HEADS[head])


@CHECKS.item("gru.learns")
def learns(half):
    return learns_verdict(half, "gru.learns", model_spec(*SIZES))
