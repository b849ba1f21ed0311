"""The vanilla RNN's items."""

from functools import cached_property

from assignment.equations import classify, classify_cut, embed, hidden_update, vanilla_rnn
from assignment.marking.blanks import hidden_update_blank, step_input_blank
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


def vanilla_rnn_spec(vocabulary, embedding, hidden, classes):
    """What VanillaRNN must look like at these sizes."""
    layers = {"embedding": (vocabulary, embedding), "Wx": (hidden, embedding), "Wh": (hidden, hidden)}
    sizes = (vocabulary, embedding, hidden, classes)
    return ClassSpec("VanillaRNN", sizes, hidden, layers | {"fc": (classes, hidden)})


VANILLA_RNN = vanilla_rnn_spec(V, E, H, O)
CLASSES = {"VanillaRNN": VANILLA_RNN}
CHECKS = Checks()


class RnnHalf(Half):
    """RNN_skeleton.py: the vanilla RNN as a whole, and the states of its own update."""

    @cached_property
    def case(self):
        tokens = self.module.random.integers(1, V, (B, T))  # 0 may be padding
        return self.module.case(VANILLA_RNN, tokens=tokens, x=self.module.values(B, E), h=self.module.values(B, H),
                                hidden_size=H)  # fmt: skip

    @cached_property
    def embedded(self):
        return embed(self.case)

    @cached_property
    def output(self):
        """{"output", "again", "alone", "gradient:..."} of the student's model, or the StudentFault that it was."""
        arrays = {"x": self.case.tokens, "probe": self.probe}
        try:
            return self.module.ask("forward", VANILLA_RNN, self.case, arrays, alone=True)
        except StudentFault as fault:
            return fault

    @cached_property
    def probe(self):
        return self.module.values(B, O)

    @cached_property
    def head(self):
        """How the output is squashed where the whole is right in values; False where it is not."""
        if self.has_blanks() or isinstance(self.output, StudentFault):
            return False
        scores = vanilla_rnn(self.case)
        return next((head for head in RIGHT_HEADS if agrees(self.output["output"], HEADS[head](scores))), False)

    @cached_property
    def wrong_gradient(self):
        """(name, Agreement) where the whole is right in values, but a gradient is not; else None."""
        return self.gradient_unlike(classify)

    def gradient_unlike(self, model):
        """(name, Agreement) of the first gradient that is not that of `model(case, hidden_update)`, or None."""

        def equation(case):
            return HEADS[self.head](model(case, hidden_update))

        return cut_gradient(equation, self.case, self.probe, named_gradients(self.output), weight_names(self.case))

    @cached_property
    def is_right(self):
        return self.head is not False and self.wrong_gradient is None and self.is_settled

    @cached_property
    def is_settled(self):
        return agrees(self.output["again"], self.output["output"])

    def output_from(self, start):
        """What a right model gives from a start other than zero."""
        return classify(self.case, hidden_update, start)

    @cached_property
    def loop(self):
        """What loop over the student's own update gives the student's output.  Raises StudentFault."""
        if isinstance(self.output, StudentFault):
            raise self.output
        return read_loop(self.output["output"], self.case, self.own_states, self.embedded)

    @cached_property
    def fed_loop(self):
        """The same with known inputs of each step in the place of the student's own slice.  Raises StudentFault."""
        steps = self.module.values(B, T, E)
        arrays = {"x": self.case.tokens, "steps": steps}
        found = self.module.ask("forward", VANILLA_RNN, self.case, arrays, fed=self.items["rnn.step_input"].local_name)
        return read_loop(found["output"], self.case, self.own_states, steps)

    def own_states(self, embedded, carry):
        """The states that the student's own update makes of given step inputs.  Raises StudentFault."""
        request = {"target": self.items["rnn.hidden_update"].target, "carry": carry}
        input_name = self.items["rnn.step_input"].local_name
        return self.module.ask("states", VANILLA_RNN, self.case, {"xs": embedded}, input_name=input_name, **request)[
            "states"
        ]


@CHECKS.item("rnn.layers")
def layers(half):
    return layers_verdict(half, "rnn.layers", "VanillaRNN", ("Wx", "Wh", "fc"))


@CHECKS.item("rnn.step_input")
def step_input(half):
    case = half.case.replace(embedded=half.embedded, t=1)
    verdict = blank_verdict(half, "rnn.step_input", case, step_input_blank(case), half.is_right)
    if not verdict.is_right or half.is_right or half.has_blanks():
        return verdict
    return steps_verdict(half, verdict)


def steps_verdict(half, verdict):
    """The slice is right alone: does the loop also go over every step, in order?"""
    try:
        loop = half.loop
    except StudentFault:
        return verdict
    if loop is None or loop[0] is None:
        return verdict
    saw = difference(half, compare(half.output["output"], vanilla_rnn(half.case)))
    return half.speaker("rnn.step_input").failed(saw, loop[0])


@CHECKS.item("rnn.hidden_update")
def update(half):
    return blank_verdict(half, "rnn.hidden_update", half.case, hidden_update_blank(half.case), half.is_right)


@CHECKS.item("rnn.model")
def model(half):
    """The start, the state that is carried and read out, and the head: over the student's own update."""
    speak, words = half.speaker("rnn.model"), half.words
    if half.module.fault:
        return speak.fault(half.module.fault)
    if half.is_blank("rnn.hidden_update") or half.is_blank("rnn.step_input"):
        return speak.waiting()
    if half.module.is_unusual("VanillaRNN") and not half.is_right:
        return speak.review(words.say("saw", "unusual"))
    if not CHECKS["rnn.step_input"](half).is_right:
        return loop_verdict(half, speak, lambda: half.fed_loop)
    if isinstance(half.output, StudentFault):
        return speak.fault(half.output)
    if not half.is_settled:
        return unsettled_verdict(half, speak, half.output, vanilla_rnn(half.case), half.output_from)
    if not agrees(half.output["alone"], half.output["output"][:1]):
        return speak.failed(words.say("saw", "batch_of_one"), None, words.say("cause", "batch_of_one"))
    if half.head is not False and half.wrong_gradient:
        update_is_right = CHECKS["rnn.hidden_update"](half).is_right
        is_cut = half.gradient_unlike(classify_cut) is None
        return cut_verdict(half, speak, half.wrong_gradient, is_cut) if update_is_right else speak.passed()
    if half.head is not False:
        return speak.passed(RIGHT_HEADS[half.head])
    return loop_verdict(half, speak, lambda: half.loop)


def loop_verdict(half, speak, read):
    """The whole is not right: is that the loop's doing?  `read()` tells what loop gives the student's output."""
    try:
        loop = read()
    except StudentFault as fault:
        return speak.fault(fault)
    got = half.output
    saw = (
        speak.fault(got).saw
        if isinstance(got, StudentFault)
        else difference(half, compare(got["output"], vanilla_rnn(half.case)))
    )
    if loop is None:
        return speak.failed(saw)
    _, carry, read_out, head = loop
    mistake = carry or read_out or (head if head not in RIGHT_HEADS else None)
    return speak.failed(saw, mistake) if mistake else speak.passed(RIGHT_HEADS[head])


@CHECKS.item("rnn.learns")
def learns(half):
    return learns_verdict(half, "rnn.learns", vanilla_rnn_spec(*SIZES))
