"""The GRU's items: the cell's gates, each alone, and the loop over a text with a cell that is known."""

from functools import cached_property

from assignment import equations
from assignment.marking.learning import SIZES, learns_verdict
from assignment.marking.loops import HEADS, RIGHT_HEADS, read_loop, unsettled_verdict
from assignment.misconceptions import READINGS
from grading.mark.agreement import agrees, compare
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
    return model_spec(vocabulary, embedding, hidden, classes, {"A": (hidden, embedding), "B": (hidden, hidden)})


GRU_CELL = ClassSpec("GRUCell", (E, H), H, gate_layers(E, H))
CLASSES = {"GRUCell": GRU_CELL, "GRUModel": model_spec(V, E, H, O)}
CHECKS = {}


def item(item_id):
    """Register the check of one item."""
    return lambda check: CHECKS.setdefault(item_id, check)


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
    def cell_reading(self):
        """ "right" or "exchanged" where the cell as a whole agrees in values and gradients; else ""."""
        if any(self.is_blank(name) for name in self.items if name in READINGS):
            return ""
        probe = self.module.values(B, H)
        arrays = {"x": self.case.x, "h_prev": self.case.h, "probe": probe}
        try:
            found = self.module.ask("step", GRU_CELL, self.case, arrays)
        except StudentFault:
            return ""
        slopes = {("h" if name == "h_prev" else name): slope for name, slope in named_gradients(found).items()}
        for reading, equation in {"right": equations.gru_cell, "exchanged": equations.exchanged_gru_cell}.items():
            if agrees(found["output"], equation(self.case)):
                names = ["x", "h", *weight_names(self.case)]
                return "" if cut_gradient(equation, self.case, probe, slopes, names) else reading
        return ""

    @cached_property
    def loop_case(self):
        """Weights for a model whose cell is the stand-in."""
        tokens = self.module.random.integers(0, V, (B, T))
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
        c = half.case
        given = {"x": c.x, "h_prev": c.h, "z_t": c.z, "r_t": c.r, "h_tilde": c.candidate}
        given.pop(half.items[item_id].target.partition(":")[2], None)
        equation, readings = equations.EQUATIONS[item_id], READINGS[item_id]
        verdict = blank_verdict(half, item_id, c, equation, readings, bool(half.cell_reading), **given)
        if verdict.is_right and half.cell_reading == "exchanged" and item_id.endswith("_gate"):
            return half.speaker(item_id).passed("agrees_exchanged")
        return verdict

    return check


@item("gru.layers")
def layers(half):
    return layers_verdict(half, "gru.layers", "GRUCell", tuple(GRU_CELL.layers))


for blank in ("gru.update_gate", "gru.reset_gate", "gru.candidate", "gru.new_state"):
    CHECKS[blank] = gate_check(blank)


@item("gru.unroll")
def unroll(half):
    """Every step, in order, each from the state before: with a cell that is right by definition."""
    speak = half.speaker("gru.unroll")
    if half.is_blank("gru.unroll"):
        return speak.blank()
    if half.module.fault:
        return speak.fault(half.module.fault)
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

    def equation(case):
        return HEADS[head](equations.classify(case, equations.stand_in_cell))

    slopes, names = named_gradients(half.output), weight_names(half.loop_case)
    cut = cut_gradient(equation, half.loop_case, half.probe, slopes, names)
    return cut_verdict(half, speak, cut) if cut else speak.passed(RIGHT_HEADS[head])


@item("gru.learns")
def learns(half):
    return learns_verdict(half, "gru.learns", model_spec(*SIZES))
