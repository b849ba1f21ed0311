"""The GRU's model: the loop over a text, with a cell that is known in the place of the student's."""

from functools import cached_property

from assignment import equations
from assignment.marking.cuts import LOOP_CUTS
from assignment.marking.learning import SIZES, learns_verdict
from assignment.marking.loops import (
    HEADS,
    PLACES,
    RIGHT_HEADS,
    WRONG_AXES,
    explain_loop,
    fault_verdict,
    head_of,
    loop_mistake,
    same,
    settled,
    speaker_at,
    unsettled_verdict,
)
from assignment.marking.specs import CELL, GRU_CELL, GRU_MODEL, B, E, H, O, T, V, gru_model_spec, loop_spec
from grading.mark.agreement import agrees, compare
from grading.mark.binding import Binding, named_binding
from grading.mark.checks import Checks
from grading.mark.gradient import cut_verdict, cut_weight_gradient, has_weight_gradients
from grading.mark.layers import missing_verdict, size_verdict, tables_verdict
from grading.mark.module import named_gradients
from grading.sandbox.worker import StudentFault

CHECKS = Checks()
UNROLL = "gru.unroll"
EQUAL_SIZES = {"arguments-swapped": (B, T, H, same)} | WRONG_AXES


class GruModel:
    """The loop with the stand-in for its cell, and the model with the student's own."""

    def __init__(self, half):
        self.half, self.module, self.words = half, half.module, half.words

    @cached_property
    def tokens(self):
        return self.module.tokens("gru.tokens", V, B, T)

    @cached_property
    def probe(self):
        return self.module.values("gru.probe", B, O)

    @cached_property
    def binding(self):
        """The student's embedding and output layer, and the stand-in's one layer."""
        ends = self.module.bindings(GRU_MODEL)[0].blocks
        inner = named_binding(loop_spec(V, E, H, O), {}).blocks
        return Binding(
            tuple(block for block in ends if not block.layer.startswith(CELL))
            + tuple(block for block in inner if block.layer.startswith(CELL))
        )

    def loop_case(self, spec):
        """Weights for the model whose cell is the stand-in."""
        return self.module.case_of_layers(spec, self.binding, tokens=self.tokens, hidden_size=H)

    @cached_property
    def case(self):
        return self.loop_case(loop_spec(V, E, H, O))

    @cached_property
    def output(self):
        """What the student's model gives with the stand-in for its cell, or the StudentFault that it was."""
        try:
            return self.run_loop(loop_spec(V, E, H, O), self.case, {"probe": self.probe})
        except StudentFault as fault:
            return fault

    def run_loop(self, spec, case, arrays=None, **facts):
        """The student's model with the stand-in for its cell.  Raises StudentFault."""
        _, embedding, hidden, _ = spec.sizes
        stand_in = {"class": "GRUCell", "name": CELL, "sizes": [embedding, hidden]}
        return self.module.ask("forward", spec, case, {"x": case.tokens} | (arrays or {}), stand_in=stand_in, **facts)

    @cached_property
    def right_output(self):
        return self.output_from(None)

    def output_from(self, start):
        """What a right loop gives from a start other than zero."""
        return equations.classify(self.case, equations.stand_in_cell, start)

    @cached_property
    def loop(self):
        """The Explanations of the output by a loop over the stand-in."""

        def states_of(embedded, carry):
            return equations.states(self.case, equations.stand_in_cell, embedded, carry)

        return explain_loop(self.output["output"], self.case, states_of, equations.embed(self.case))

    def squashed(self, model, head):
        """The equation of `model` over the stand-in, its scores as `head` has them."""
        return lambda case: HEADS[head](model(case, equations.stand_in_cell))

    def wrong_gradient(self, head):
        """(name, Agreement) of the first gradient that is not that of a right loop over the stand-in, or None."""
        right, slopes = self.squashed(equations.classify, head), named_gradients(self.output)
        return cut_weight_gradient(right, self.case, self.binding, self.probe, slopes)

    def is_cut(self, head):
        """Whether the gradients are those of a loop that cuts them."""
        slopes = named_gradients(self.output)
        return any(
            has_weight_gradients(self.squashed(cut, head), self.case, self.binding, self.probe, slopes)
            for cut in LOOP_CUTS
        )

    @cached_property
    def own_output(self):
        """What the model gives with the student's own cell in it, or the StudentFault that it was."""
        _, case = self.own_cases[0]
        try:
            return self.module.ask("forward", GRU_MODEL, case, {"x": self.tokens, "probe": self.probe})
        except StudentFault as fault:
            return fault

    @cached_property
    def own_cases(self):
        bindings = self.module.bindings(GRU_MODEL)
        return [(b, self.module.case(GRU_MODEL, b, tokens=self.tokens, hidden_size=H)) for b in bindings]

    @cached_property
    def is_right(self):
        """Whether the model agrees with the equations in values and gradients with the student's own cell in it."""
        found = self.own_output
        if isinstance(found, StudentFault):
            return False
        if not agrees(found["again"], found["output"]) or not agrees(found["alone"], found["output"][:1]):
            return False
        return any(self.agrees_with(found, *row, head) for row in self.own_cases for head in RIGHT_HEADS)

    def agrees_with(self, found, binding, case, head):
        def equation(c):
            return HEADS[head](equations.gru(c))

        slopes = named_gradients(found)
        return agrees(found["output"], equation(case)) and not cut_weight_gradient(
            equation, case, binding, self.probe, slopes
        )

    def mistake_at_equal_sizes(self):
        """The id of a mistake that can only run where two sizes are equal, or None."""
        return next((name for name in EQUAL_SIZES if self.makes(name)), None)

    def makes(self, mistake):
        """Whether the loop, at the sizes where this mistake can run, gives what it comes to."""
        documents, steps, inner, read = EQUAL_SIZES[mistake]
        spec = loop_spec(V, inner, H, O)
        case = self.loop_case(spec).replace(tokens=self.module.tokens(f"gru.{mistake}", V, documents, steps))
        try:
            output = self.run_loop(spec, case, once=True)["output"]
        except StudentFault:
            return False
        cell = equations.swapped_stand_in_cell if mistake == "arguments-swapped" else equations.stand_in_cell
        scores = case.fc(equations.states(case, cell, read(equations.embed(case)))[:, -1])
        return any(agrees(output, HEADS[head](scores)) for head in RIGHT_HEADS)

    def difference(self):
        return self.words.difference(compare(self.output["output"], self.right_output))


@CHECKS.item(UNROLL)
def unroll(half):
    """Every step, in order, each from the state before: with a cell that is right by definition, or as a whole."""
    speak = half.speaker(UNROLL)
    if half.is_blank(UNROLL):
        return speak.blank()
    if half.module.fault:
        return speak.fault(half.module.fault)
    verdict = loop_verdict(half.model, speak)
    if verdict.is_right:
        return ends_verdict(half, speak) or verdict
    if verdict.misconception or not half.cell.is_right:
        return verdict
    if half.model.is_right:
        return speak.passed()
    return speak.review(half.words.say("saw", "unusual")) if half.module.is_unusual("GRUModel") else verdict


def ends_verdict(half, speak):
    """The model's own layers and the sizes that it makes its cell with: they stand where the stand-in was.

    None where they are right, or where the cell's own layers keep them from being told.
    """
    module, words = half.module, half.words
    described, cell = module.described["GRUModel"], module.described["GRUCell"]
    if isinstance(cell, StudentFault) or module.arranges_all(GRU_MODEL):
        return None
    if isinstance(described, StudentFault):
        return speak.fault(described)
    expected = {f"{CELL}.{name}": sizes for name, sizes in cell.linear.items()} | {"fc": (H, O)}
    for name, sizes in expected.items():
        verdict = size_verdict(words, speak, GRU_MODEL, name, described.linear.get(name, sizes), sizes)
        if verdict:
            return verdict
    verdict = tables_verdict(words, speak, GRU_MODEL, described)
    if verdict or not module.arranges_all(GRU_CELL):
        return verdict
    missing = [name for name in GRU_MODEL.layers if name not in described.layer_names]
    if missing and not described.layer_names - set(GRU_MODEL.layers):
        return missing_verdict(words, speak, described, missing[0])
    return speak.review(words.say("saw", "unusual"))


def loop_verdict(model, speak):
    """The loop with the stand-in for its cell."""
    words = model.words
    if isinstance(model.output, StudentFault):
        verdict = fault_verdict(model.half, UNROLL, model.output)
        mistake = model.mistake_at_equal_sizes() if model.output.outcome == "error" else None
        return speak.failed(verdict.saw, mistake) if mistake else verdict
    found = model.output["output"]
    if not settled(model.output):
        return unsettled_verdict(model.half, speak, model.output, model.right_output, model.output_from)
    mistake = loop_mistake(model.loop)
    if mistake != "":
        place = PLACES.get(mistake)
        speak = speaker_at(model.half, UNROLL, place if place == "return" else None)
        return speak.failed(model.difference(), mistake)
    if not agrees(model.output["alone"], found[:1]):
        return speak.failed(words.say("saw", "batch_of_one"), None, "batch_of_one")
    head = head_of(model.loop)
    cut = model.wrong_gradient(head)
    if cut:
        return cut_verdict(speak, cut, model.is_cut(head))
    return speak.passed(RIGHT_HEADS[head])


@CHECKS.item("gru.learns")
def learns(half):
    return learns_verdict(half, "gru.learns", gru_model_spec(*SIZES))
