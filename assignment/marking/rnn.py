"""The vanilla RNN's items."""

from functools import cached_property

from assignment.marking.learning import SIZES, learns_verdict
from assignment.marking.loops import (
    PLACES,
    RIGHT_HEADS,
    fault_verdict,
    head_of,
    loop_mistake,
    places_in,
    speaker_at,
    unsettled_verdict,
)
from assignment.marking.specs import VANILLA_RNN, vanilla_rnn_spec
from assignment.marking.vanilla_rnn import INPUT, MODEL, UPDATE, VanillaRnn
from assignment.misconceptions import CATALOGUE
from grading.mark.agreement import agrees
from grading.mark.checks import Checks
from grading.mark.gradient import cut_verdict
from grading.mark.half import Half, blank_verdict
from grading.mark.layers import layers_verdict
from grading.sandbox.worker import StudentFault

CLASSES = {"VanillaRNN": VANILLA_RNN}
CHECKS = Checks()
OPTIONS = {"output": ("either", "plain", "tanh")}  # what the rubric may ask of y


class RnnHalf(Half):
    """RNN_skeleton.py."""

    places = places_in("VanillaRNN")

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
    return cut_by_verdict(half, INPUT, steps_verdict(half, verdict))


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
    if half.whole.makes_no_state and not half.is_blank(UPDATE):
        return half.speaker(UPDATE).failed(half.whole.difference(), None, "no_update")
    verdict = blank_verdict(half.whole, UPDATE)
    return cut_by_verdict(half, UPDATE, verdict) if verdict.is_right else verdict


def cut_by_verdict(half, item_id, verdict):
    """The verdict where the whole is right in values, but a gradient is cut by the update or by the loop."""
    whole, speak = half.whole, half.speaker(item_id)
    if not (whole.agreeing and whole.wrong_gradient and item_id in whole.cut_by):
        return verdict
    cut = cut_verdict(speak, whole.wrong_gradient, is_cut=True)
    return cut if len(whole.cut_by) == 1 else speak.review(cut.saw, "undecided")


@CHECKS.item(MODEL)
def model(half):
    """The start, the state that is carried and read out, and the head: over the student's own update."""
    speak, words, whole = half.speaker(MODEL), half.words, half.whole
    if half.module.fault:
        return speak.fault(half.module.fault)
    if half.is_blank(UPDATE) or half.is_blank(INPUT):
        return speak.waiting()
    if whole.numbers is not None and not whole.is_settled:
        return unsettled_verdict(half, speak, whole.output, whole.output_from(None), whole.output_from)
    if whole.wrong_axis or whole.makes_no_state:
        return speak.passed()
    if not CHECKS[INPUT](half).is_right:
        return loop_verdict(whole, speak, lambda: whole.fed_loop)
    if whole.has_no_numbers and not CHECKS[UPDATE](half).is_right:
        return fed_states_verdict(whole, speak)
    if whole.numbers is None:
        return fault_verdict(half, MODEL, whole.output)
    if not agrees(whole.output["alone"], whole.numbers[:1]):
        return speak.failed(words.say("saw", "batch_of_one"), None, "batch_of_one")
    if whole.agreeing:
        return cut_by_verdict(half, MODEL, head_verdict(half, speak, whole.agreeing[2]))
    return loop_verdict(whole, speak, lambda: whole.loop)


def head_verdict(half, speak, head):
    """A right output; the rubric may ask for one of its two forms alone: tanh around it, or plain."""
    asked, words = half.option("output", OPTIONS["output"]), half.words
    given = "tanh" if head == "tanh-on-y" else "plain"
    if asked in {"either", given}:
        return speak.passed(RIGHT_HEADS[head])
    speak = speaker_at(half, MODEL, "return")
    return speak.failed(words.say("saw", RIGHT_HEADS[head]), None, f"output_{asked}")


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
            return whole.undecided(speak)
    mistake = loop_mistake(found, mine)
    if mistake is None and may_be_right(found, mine):
        return speak.review(saw, "undecided")
    if mistake == "":
        return head_verdict(whole.half, speak, head_of(found))
    return speaker_at(whole.half, MODEL, PLACES.get(mistake)).failed(saw, mistake)


def fed_states_verdict(whole, speak):
    """The update stops the whole, or makes no numbers: the rest is tried with given states in its place."""
    try:
        found = whole.fed_states
    except StudentFault as fault:
        return speak.fault(fault)
    return loop_verdict(whole, speak, lambda: found)


def may_be_right(found, parts):
    """Whether an explanation has no mistake in these parts."""
    return any(not set(parts) & set(explanation.mistakes()) for explanation in found)


@CHECKS.item("rnn.learns")
def learns(half):
    return learns_verdict(half, "rnn.learns", vanilla_rnn_spec(*SIZES))
