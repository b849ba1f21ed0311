"""The GRU's items: the cell's gates, each alone, and the loop over a text with a cell that is known."""

from functools import cached_property

from assignment import equations
from assignment.marking.learning import learns_verdict
from assignment.marking.loops import HEADS, RIGHT_HEADS, read_loop
from assignment.misconceptions import READINGS
from grading.mark.agreement import agrees, compare
from grading.mark.half import ClassSpec, Half, blank_verdict, cut_gradient, cut_verdict, difference, layers_verdict
from grading.mark.module import named_gradients
from grading.sandbox.worker import StudentFault

B, T, E, H, V, O = 3, 5, 4, 6, 11, 7  # documents, steps, embedding, hidden, vocabulary, classes: all different
GATES = {"W_z": (H, E), "U_z": (H, H), "W_r": (H, E), "U_r": (H, H), "W_h": (H, E), "U_h": (H, H)}
GRU_CELL = ClassSpec("GRUCell", sizes=(E, H), hidden_size=H, layers=GATES)
OUTER = {"embedding": (V, E), "fc": (O, H)}
GRU_MODEL = ClassSpec(
    "GRUModel",
    sizes=(V, E, H, O),
    hidden_size=H,
    layers=OUTER | {f"gru_cell.{name}": shape for name, shape in GATES.items()},
)
LOOP = ClassSpec(  # the model with a cell that is right by definition
    "GRUModel", sizes=(V, E, H, O), hidden_size=H, layers=OUTER | {"gru_cell.A": (H, E), "gru_cell.B": (H, H)}
)
CLASSES = {"GRUCell": GRU_CELL, "GRUModel": GRU_MODEL}
STAND_IN = {"class": "GRUCell", "name": "gru_cell", "sizes": [E, H]}
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
    def cell_is_right(self):
        """Whether the cell as a whole agrees in values and gradients."""
        if any(self.is_blank(name) for name in self.items if name in READINGS):
            return False
        probe = self.module.values(B, H)
        arrays = {"x": self.case.x, "h_prev": self.case.h, "probe": probe}
        try:
            found = self.module.ask("step", GRU_CELL, self.case, arrays)
        except StudentFault:
            return False
        if not agrees(found["output"], equations.gru_cell(self.case)):
            return False
        slopes = {("h" if name == "h_prev" else name): slope for name, slope in named_gradients(found).items()}
        return cut_gradient(self, equations.gru_cell, self.case, probe, slopes) is None

    @cached_property
    def loop_case(self):
        """Weights for a model whose cell is the stand-in."""
        tokens = self.module.random.integers(0, V, (B, T))
        return self.module.case(LOOP, tokens=tokens, hidden_size=H)

    @cached_property
    def probe(self):
        return self.module.values(B, O)

    @cached_property
    def output(self):
        """What the student's model gives with the stand-in for its cell, or the StudentFault that it was."""
        arrays = {"x": self.loop_case.tokens, "probe": self.probe}
        try:
            return self.module.ask("forward", LOOP, self.loop_case, arrays, alone=True, stand_in=STAND_IN)
        except StudentFault as fault:
            return fault

    @cached_property
    def right_output(self):
        return equations.classify(self.loop_case, equations.stand_in_cell)

    @cached_property
    def loop(self):
        def states_of(embedded, carry):
            return equations.states(self.loop_case, equations.stand_in_cell, embedded, carry)

        return read_loop(self.output["output"], self.loop_case, states_of, equations.embed(self.loop_case))


def gate_check(item_id):
    """The check of one blank of the cell, tried with given values for all that it may read."""

    def check(half):
        c = half.case
        given = {"x": c.x, "h_prev": c.h, "z_t": c.z, "r_t": c.r, "h_tilde": c.candidate}
        own_name = half.items[item_id].target.partition(":")[2]
        given.pop(own_name, None)
        equation, readings = equations.EQUATIONS[item_id], READINGS[item_id]
        return blank_verdict(half, item_id, c, equation, readings, half.cell_is_right, **given)

    return check


@item("gru.layers")
def layers(half):
    return layers_verdict(half, "gru.layers", "GRUCell", tuple(GATES))


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
        return speak.fault(half.output)
    found = half.output["output"]
    if not agrees(half.output["again"], found):
        first_right = agrees(found, half.right_output)
        mistake = "state-kept-between-batches" if first_right else None
        return speak.failed(half.words.say("saw", "unsettled"), mistake, half.words.say("cause", "unsettled"))
    saw = difference(half, compare(found, half.right_output))
    if half.loop is None:
        return speak.failed(saw)
    steps, carry, read_out, head = half.loop
    mistake = carry or steps or read_out or (head if head not in RIGHT_HEADS else None)
    if mistake:
        return speak.failed(saw, mistake)
    if not agrees(half.output["alone"], found[:1]):
        return speak.failed(half.words.say("saw", "batch_of_one"), None, half.words.say("cause", "batch_of_one"))
    cut = cut_gradient(
        half,
        lambda c: HEADS[head](equations.classify(c, equations.stand_in_cell)),
        half.loop_case,
        half.probe,
        named_gradients(half.output),
    )
    return cut_verdict(half, speak, cut) if cut else speak.passed(RIGHT_HEADS[head])


@item("gru.learns")
def learns(half):
    return learns_verdict(half, "gru.learns", "GRUModel")
