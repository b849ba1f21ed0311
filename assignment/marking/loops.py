"""The loop over a text and its output: which words it reads, what it carries, which state it reads out, and how."""

from functools import cache

import numpy as np

from assignment.marking.specs import B, E, H, T
from assignment.misconceptions import CATALOGUE
from grading.mark.agreement import agrees
from grading.mark.explanation import explanations
from grading.mark.verdict import Speaker

LOOP = ("steps", "carry", "read_out", "head")
HEADS = {None: lambda scores: scores} | {e.id: e.formula for e in CATALOGUE.of("head")}
RIGHT_HEADS = {None: "agrees_linear", "tanh-on-y": "agrees_tanh", "log-softmax-before-loss": "agrees_log_softmax"}

# Where a loop's mistakes stand in `forward`; the others stand in the line of their item.
PLACES = {"state-not-carried": "loop"} | dict.fromkeys(["mean-over-time", "first-state-for-last"], "return")
PLACES |= {entry.id: "return" for entry in CATALOGUE.of("head")}

# What reads the words along another axis runs only where two sizes are equal: documents, steps, the embedding's size,
# and what is read in the place of the words (B, T, E).
WRONG_AXES = {
    "time-and-batch-swapped": (T, T, E, lambda embedded: embedded.swapaxes(0, 1)),
    "feature-for-time": (B, T, T, lambda embedded: embedded.swapaxes(1, 2)),
}


def same(array):
    return array


def last(states):
    return states[:, -1]


def walk(explanation, embedded, states_of, fc):
    """The output of a loop with these formulas in the place of its right parts.

    embedded    the words (B, T, E)
    states_of   (words, carry) -> states (B, T, H)
    fc          the output layer
    """
    formula = {part: entry.formula for part, entry in explanation.items()}
    states = states_of(formula.get("steps", same), formula.get("carry", same))
    return formula.get("head", same)(fc(formula.get("read_out", last)(states)))


def explain_loop(output, case, states_of, embedded):
    """The Explanations of a model's output, by what its loop does.

    states_of(embedded, carry)  the states (B, T, H) of the cell in question
    """

    @cache
    def states(steps, carry):
        return states_of(steps(embedded), carry)

    return explanations(output, lambda e: walk(e, embedded, states, case.fc), CATALOGUE, LOOP)


def loop_mistake(found, parts=("carry", "steps", "read_out", "head")):
    """The id of the mistake in a loop, "" where it is right, None where nothing explains it for certain."""
    readings = {next((m[part] for part in parts if part in m), "") for m in (e.mistakes() for e in found)}
    return readings.pop() if len(readings) == 1 else None


def head_of(found):
    """The right way in which a loop's output is squashed, or None."""
    return found[0]["head"].id if "head" in found[0] else None


def places_in(class_name):
    """Where the statements of a model's `forward` stand that are no item's own."""
    return {kind: f"{class_name}.forward:<{kind}>" for kind in ("loop", "return")}


def speaker_at(half, item_id, place):
    """The Speaker of an item with the line of a place in `forward`; with its own, where there is no such line."""
    speak = half.speaker(item_id)
    line = half.module.line(half.places[place]) if place else None
    return Speaker(half.words, speak.item, line or speak.line)


def fault_verdict(half, item_id, fault):
    """The Verdict on a fault of a model as a whole; one in no line of the file is of what the model returns."""
    place = "return" if fault.outcome == "error" and fault.line is None else None
    return speaker_at(half, item_id, place).fault(fault)


def settled(output):
    """Whether two calls gave the same numbers; NaN is wrong, and it is the same NaN."""
    first, again = output["output"], output["again"]
    return agrees(again, first) or np.array_equal(again, first, equal_nan=True)


def unsettled_verdict(half, speak, output, right_output, outputs_from):
    """Two calls gave two answers: a state left over, a random start, or something without a name.

    outputs_from(start)  what the model gives from a start (B, H) in place of zero
    """
    mistake = None
    if agrees(output["output"], right_output):
        mistake = "state-kept-between-batches"
    elif any(agrees(output["output"], outputs_from(start)) for start in random_starts(output)):
        mistake = "random-initial-state"
    return speak.failed(half.words.say("saw", "unsettled"), mistake, "unsettled")


def random_starts(output):
    """What torch's random numbers were at the first call, as far as the child told states (B, H) of them."""
    return [output[kind] for kind in ("normal", "uniform") if kind in output and output[kind].shape == (B, H)]
