"""The vanilla RNN's items."""

from functools import cached_property, partial

from assignment import equations
from assignment.equations import classify, classify_cut, embed, hidden_update, vanilla_rnn
from assignment.marking.blanks import hidden_update_blank, step_input_blank
from assignment.marking.learning import SIZES, learns_verdict
from assignment.marking.loops import (
    HEADS,
    LOOP,
    RIGHT_HEADS,
    explain_loop,
    head_of,
    loop_mistake,
    same,
    unsettled_verdict,
    walk,
)
from assignment.marking.specs import VANILLA_RNN, B, E, H, O, T, V, vanilla_rnn_spec
from assignment.misconceptions import CATALOGUE
from grading.mark.agreement import agrees, compare
from grading.mark.checks import Checks
from grading.mark.gradient import cut_verdict, cut_weight_gradient
from grading.mark.half import Half, Whole, blank_verdict
from grading.mark.layers import layers_verdict
from grading.mark.module import named_gradients
from grading.sandbox.worker import StudentFault

CLASSES = {"VanillaRNN": VANILLA_RNN}
CHECKS = Checks()
OUTPUTS = ("either", "plain", "tanh")  # what the rubric may ask of y
UPDATE, INPUT = "rnn.hidden_update", "rnn.step_input"


class VanillaRnn(Whole):
    """The model as a whole, and the states of the student's own update."""

    parts = (INPUT, UPDATE, *LOOP)

    @cached_property
    def cases(self):
        values = self.module.values
        tokens = self.module.tokens("rnn.tokens", V, B, T)
        given = {"x": values("rnn.x", B, E), "h": values("rnn.h", B, H), "tokens": tokens, "hidden_size": H, "t": 1}
        cases = [(b, self.module.case(VANILLA_RNN, b, **given)) for b in self.module.bindings(VANILLA_RNN)]
        return [(binding, case.replace(embedded=embed(case))) for binding, case in cases]

    @cached_property
    def probe(self):
        return self.module.values("rnn.probe", B, O)

    @cached_property
    def output(self):
        """{"output", "again", "alone", "gradient:..."} of the student's model, or the StudentFault that it was."""
        case = self.cases[0][1]
        try:
            return self.module.ask("forward", VANILLA_RNN, case, {"x": case.tokens, "probe": self.probe})
        except StudentFault as fault:
            return fault

    @cached_property
    def numbers(self):
        return None if isinstance(self.output, StudentFault) else self.output["output"]

    @cached_property
    def agreeing(self):
        """(Binding, Case, head) with which the whole agrees in values; None where it does not."""
        if self.half.has_blanks() or self.numbers is None:
            return None
        rows = ((binding, case, head) for binding, case in self.cases for head in RIGHT_HEADS)
        return next((row for row in rows if agrees(self.numbers, HEADS[row[2]](vanilla_rnn(row[1])))), None)

    @cached_property
    def wrong_gradient(self):
        """(name, Agreement) where the whole is right in values, but a gradient is not; else None."""
        return self.gradient_unlike(classify)

    def gradient_unlike(self, model):
        """(name, Agreement) of the first gradient that is not that of `model(case, hidden_update)`, or None."""
        binding, case, head = self.agreeing

        def equation(c):
            return HEADS[head](model(c, hidden_update))

        return cut_weight_gradient(equation, case, binding, self.probe, named_gradients(self.output))

    @cached_property
    def is_settled(self):
        return agrees(self.output["again"], self.output["output"])

    @cached_property
    def is_right(self):
        return self.agreeing is not None and self.wrong_gradient is None and self.is_settled

    def compute(self, case, explanation):
        """The model's output with wrong formulas in the place of its parts."""
        update = explanation[UPDATE].formula if UPDATE in explanation else hidden_update

        def states_of(steps, carry):
            return equations.states(case, update, steps(case.embedded), carry)

        if INPUT in explanation:  # as a whole, a wrong slice is one of the loop's ways to read
            raise ValueError(explanation[INPUT].id)
        return walk(explanation, case.embedded, states_of, case.fc)

    def blank(self, item, case):
        return step_input_blank(case) if item.id == INPUT else hidden_update_blank(case)

    def difference(self):
        case = self.bound[1]
        return self.words.difference(compare(self.numbers, vanilla_rnn(case)))

    def explained(self, part):
        """As everywhere; which words the loop reads is what the slice of a step comes to."""
        return loop_mistake(self.readings, ("steps",)) if part == INPUT else super().explained(part)

    @cached_property
    def loop(self):
        """The Explanations of the output by a loop over the student's own update.  Raises StudentFault."""
        if isinstance(self.output, StudentFault):
            raise self.output
        _, case, _ = self.bound
        return explain_loop(self.numbers, case, self.own_states, case.embedded)

    @cached_property
    def fed_loop(self):
        """The same with known inputs of each step in the place of the student's own slice.  Raises StudentFault."""
        _, case, _ = self.bound
        steps = self.module.values("rnn.steps", B, T, E)
        arrays = {"x": case.tokens, "steps": steps}
        name = self.half.items[INPUT].local_name
        found = self.module.ask("forward", VANILLA_RNN, case, arrays, fed=name)
        return explain_loop(found["output"], case, self.own_states, steps)

    def own_states(self, embedded, carry):
        """The states that the student's own update makes of given step inputs.  Raises StudentFault."""
        items = self.half.items
        request = {"target": items[UPDATE].target, "input_name": items[INPUT].local_name}
        request["carry"] = carry is same
        return self.module.ask("states", VANILLA_RNN, self.bound[1], {"xs": embedded}, **request)["states"]


class RnnHalf(Half):
    """RNN_skeleton.py."""

    @cached_property
    def whole(self):
        return VanillaRnn(self, CATALOGUE)

    def observe(self):
        return self.whole.output


@CHECKS.item("rnn.layers")
def layers(half):
    return layers_verdict(half, "rnn.layers", "VanillaRNN", ("Wx", "Wh", "fc"))


@CHECKS.item(INPUT)
def step_input(half):
    verdict = blank_verdict(half.whole, INPUT)
    if not verdict.is_right or half.whole.is_right or half.has_blanks():
        return verdict
    return steps_verdict(half, verdict)


def steps_verdict(half, verdict):
    """The slice is right alone: does the loop also go over every step, in order?"""
    mistake = half.whole.explained(INPUT) or mistake_in(lambda: half.whole.loop, ("steps",))
    return half.speaker(INPUT).failed(half.whole.difference(), mistake) if mistake else verdict


def mistake_in(loop, parts):
    """The id of a loop's mistake in some of its parts; None where it can't be read."""
    try:
        return loop_mistake(loop(), parts)
    except StudentFault:
        return None


@CHECKS.item(UPDATE)
def update(half):
    return blank_verdict(half.whole, UPDATE)


@CHECKS.item("rnn.model")
def model(half):
    """The start, the state that is carried and read out, and the head: over the student's own update."""
    speak, words, whole = half.speaker("rnn.model"), half.words, half.whole
    if half.module.fault:
        return speak.fault(half.module.fault)
    if half.is_blank(UPDATE) or half.is_blank(INPUT):
        return speak.waiting()
    if whole.numbers is not None and not whole.is_settled:
        return unsettled_verdict(half, speak, whole.output, vanilla_rnn(whole.bound[1]), partial(output_from, whole))
    if not CHECKS[INPUT](half).is_right:
        return loop_verdict(whole, speak, lambda: whole.fed_loop)
    if whole.numbers is None:
        return speak.fault(whole.output)
    if not agrees(whole.output["alone"], whole.numbers[:1]):
        return speak.failed(words.say("saw", "batch_of_one"), None, "batch_of_one")
    if whole.agreeing and whole.wrong_gradient:
        is_cut = whole.gradient_unlike(classify_cut) is None
        is_the_loops = CHECKS[UPDATE](half).is_right
        return cut_verdict(speak, whole.wrong_gradient, is_cut) if is_the_loops else speak.passed()
    if whole.agreeing:
        return head_verdict(half, speak, whole.agreeing[2])
    return loop_verdict(whole, speak, lambda: whole.loop)


def head_verdict(half, speak, head):
    """A right output; the rubric may ask for one of its two forms alone: tanh around it, or plain."""
    asked, words = half.option("output", OUTPUTS), half.words
    given = "tanh" if head == "tanh-on-y" else "plain"
    if asked in {"either", given}:
        return speak.passed(RIGHT_HEADS[head])
    return speak.failed(words.say("saw", RIGHT_HEADS[head]), None, f"output_{asked}")


def output_from(whole, start):
    """What a right model gives from a start other than zero."""
    return classify(whole.bound[1], hidden_update, start)


def loop_verdict(whole, speak, read):
    """The whole is not right: is that the loop's doing?  `read()` tells what loop gives the student's output."""
    mine = ("carry", "read_out", "head")
    saw = speak.fault(whole.output).saw if whole.numbers is None else whole.difference()
    try:
        found = read()
    except StudentFault as fault:
        found = whole.readings
        if not found and fault.outcome not in {"no_statement", "unbound", "error"}:
            return speak.fault(fault)
        if not found:
            return speak.review(whole.words.say("saw", "undecided"), "undecided")
    mistake = loop_mistake(found, mine)
    if mistake == "":
        return head_verdict(whole.half, speak, head_of(found))
    return speak.failed(saw, mistake)


@CHECKS.item("rnn.learns")
def learns(half):
    return learns_verdict(half, "rnn.learns", vanilla_rnn_spec(*SIZES))
