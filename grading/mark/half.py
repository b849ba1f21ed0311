"""What every half of a rubric shares: layers, one blank alone, and the bookkeeping between items."""

from dataclasses import dataclass, field

import numpy as np

from grading.mark.agreement import agrees, compare
from grading.mark.case import gradients
from grading.mark.verdict import Speaker
from grading.sandbox.worker import StudentFault
from grading.words import number, shape


@dataclass(frozen=True)
class ClassSpec:
    """A class of the assignment: its constructor's sizes, and its layers as (rows, columns) of their weights."""

    name: str
    sizes: tuple
    hidden_size: int
    layers: dict


class Half:
    """One module of a submission with everything that its items ask of it, each thing asked once."""

    def __init__(self, module, items, words):
        self.module, self.items, self.words = module, items, words

    def speaker(self, item_id):
        item = self.items[item_id]
        return Speaker(self.words, item, self.module.line(item.target))

    def is_blank(self, item_id):
        return self.module.is_blank(self.items[item_id].target)

    def has_blanks(self):
        """Whether any blank of this half is still there."""
        return any(self.is_blank(item.id) for item in self.items.values() if item.blank)


def layers_verdict(half, item_id, class_name, names):
    """Names and sizes of the layers `names` of one class."""
    speak = half.speaker(item_id)
    spec, described = half.module.classes[class_name], half.module.described[class_name]
    if half.is_blank(item_id):
        return speak.blank()
    if isinstance(described, StudentFault):
        return speak.fault(described)
    missing = [name for name in names if name not in described.layer_names]
    if missing and (described.layer_names - set(spec.layers) or any_layer_is_fused(described, spec, names)):
        return speak.review(half.words.say("saw", "unusual"))
    if missing:
        return speak.failed(
            half.words.say("misconceptions", "layer-missing", layer=missing[0]), "layer-missing", layer=missing[0]
        )
    for shared in described.shared:
        if len(set(shared) & set(names)) > 1:
            both = " and ".join(shared)
            return speak.failed(
                half.words.say("misconceptions", "layer-shared", layer=both), "layer-shared", layer=both
            )
    for name in names:
        rows, columns = spec.layers[name]
        if name not in described.linear:
            return speak.review(half.words.say("saw", "unusual"))
        size_in, size_out = described.linear[name]
        if (size_in, size_out) != (columns, rows):
            mistake = "layer-sizes-swapped" if (size_in, size_out) == (rows, columns) else "layer-size-wrong"
            saw = f"{name}: {size_in} -> {size_out} where {columns} -> {rows} was expected, with {sizes_in_words(spec)}"
            return speak.failed(
                saw, mistake, layer=name, size_in=size_in, size_out=size_out, expected_in=columns, expected_out=rows
            )
    return speak.passed("sizes_right")


def any_layer_is_fused(described, spec, names):
    """Whether a layer reads or gives more than its equation has: input and state at once, several gates at once."""
    own = {name: described.linear[name] for name in names if name in described.linear}
    return any(max(sizes) > max(spec.layers[name]) for name, sizes in own.items())


def sizes_in_words(spec):
    return f"sizes ({', '.join(map(str, spec.sizes))}) given to the constructor"


def difference(half, agreement):
    """One of their numbers beside the right one, as a sentence."""
    if agreement.shape != agreement.expected_shape:
        return half.words.say(
            "saw", "shape", shape=shape(agreement.shape), expected_shape=shape(agreement.expected_shape)
        )
    return half.words.say(
        "saw",
        "numbers",
        got=number(agreement.got),
        expected=number(agreement.expected),
        row=agreement.row,
        unit=agreement.unit,
        shape=shape(agreement.shape),
        differing=agreement.differing,
        total=agreement.total,
    )


@dataclass(frozen=True)
class Blank:
    """How one blank is tried alone.

    equation, readings   what it should compute, and the known mistakes: id -> formulas
    given        the skeleton's name -> value, for all that the blank may read
    names        the equation's name -> the skeleton's, for the given arrays
    reads        the skeleton's names that the right answer reads
    parameters   the handout's names of the method's parameters
    arguments    what the method is called with: name -> value
    may_be_returned   whether the method may return this value without giving it its name
    """

    equation: object
    readings: dict
    given: dict
    names: dict
    reads: tuple
    parameters: tuple = ()
    arguments: dict = field(default_factory=dict)
    may_be_returned: bool = False

    def request(self):
        return {
            "reads": list(self.reads),
            "parameters": list(self.parameters),
            "may_be_returned": self.may_be_returned,
        }


def blank_verdict(half, item_id, case, blank, right_as_a_whole):
    """One blank, tried alone with given values.

    right_as_a_whole   the class as a whole agrees in values and gradients: then every blank in it is right
    """
    speak, item = half.speaker(item_id), half.items[item_id]
    if half.is_blank(item_id):
        return speak.blank()
    if right_as_a_whole:
        return speak.passed()
    if half.module.fault:
        return speak.fault(half.module.fault)
    if half.module.is_unusual(item.class_name):
        return speak.review(half.words.say("saw", "unusual"))
    try:
        got, _, sure = half.module.statement(item, case, blank)
        agreement = compare(got, blank.equation(case))
        if not agreement.right and not sure:
            return speak.review(half.words.say("saw", "undecided"), "undecided")
        if not agreement.right:
            return speak.failed(difference(half, agreement), name_of_mistake(case, got, blank.readings))
        probe = half.module.values(*got.shape)
        _, found, _ = half.module.statement(item, case, blank, probe)
    except StudentFault as fault:
        return speak.fault(fault)
    slopes = {name: found[local] for name, local in blank.names.items() if local in found}
    names = [name for name, local in blank.names.items() if local in blank.given]
    cut = cut_gradient(blank.equation, case, probe, slopes, names)
    return cut_verdict(half, speak, cut) if cut else speak.passed()


def cut_gradient(equation, case, probe, found, names):
    """(array's name, Agreement) of the first gradient among `names` that differs from the equation's, or None."""
    for name, right in gradients(equation, case, probe, names).items():
        agreement = compare(found.get(name, np.full(right.shape, np.nan)), right)
        if not agreement.right:
            return name, agreement
    return None


def weight_names(case):
    """The names of a case's weights and biases."""
    return [name for name in case.arrays() if name.endswith((".weight", ".bias"))]


def cut_verdict(half, speak, cut, is_cut=None):
    """A gradient is not the equation's.  It is named as cut where it is zero, or where `is_cut` says so."""
    name, agreement = cut
    saw = half.words.say("saw", "gradients", name=name, got=number(agreement.got), expected=number(agreement.expected))
    return speak.failed(saw, "gradient-cut" if (agreement.got == 0 if is_cut is None else is_cut) else None)


def name_of_mistake(case, got, readings):
    """The id of the one known mistake that gives these numbers, or None where there is none or more than one."""
    found = {name for name, formulas in readings.items() for formula in formulas if gives(formula, case, got)}
    return found.pop() if len(found) == 1 else None


def gives(formula, case, got):
    try:
        return agrees(got, formula(case))
    except (IndexError, ValueError):  # a formula that can't run at these sizes
        return False


def convention_share(verdict, item, conventions, share, words):
    """Credit a mistake that is another publication's convention with `share` of the points, and say so."""
    if verdict.status != "failed" or (item.id, verdict.misconception) not in conventions:
        return verdict
    cause = words.say("cause", "convention", cause=verdict.cause, share=f"{share:.0%}")
    return verdict.but(share=share, cause=cause)
