"""Gradients beside the equation's: a detached state has the right numbers and the wrong gradients."""

import numpy as np

from grading.mark.agreement import compare
from grading.mark.case import gradients
from grading.words import number


def cut_gradient(equation, case, probe, found, names):
    """(array's name, Agreement) of the first gradient among `names` that differs from the equation's, or None.

    probe   d loss / d output
    found   the student's gradients: array's name -> array
    """
    for name, right in gradients(equation, case, probe, names).items():
        agreement = compare(found.get(name, np.full(right.shape, np.nan)), right)
        if not agreement.right:
            return name, agreement
    return None


def cut_weight_gradient(equation, case, binding, probe, found):
    """The same for the weights and biases of a case, each looked up where `binding` says that it lies."""
    names = list(dict.fromkeys(block.name for block in binding.blocks))
    right = gradients(equation, case, probe, [name for name in names if name in case.arrays()])
    for block in binding.blocks:
        array = found.get(block.tensor)
        got = np.full(right[block.name].shape, np.nan) if array is None else block.read(array)
        agreement = compare(got, right[block.name])
        if not agreement.right:
            return block.tensor, agreement
    return None


def cut_verdict(speak, cut, is_cut=None):
    """A gradient is not the equation's.  It is named as cut where it is zero, or where `is_cut` says so."""
    name, agreement = cut
    saw = speak.words.say("saw", "gradients", name=name, got=number(agreement.got), expected=number(agreement.expected))
    return speak.failed(saw, "gradient-cut" if (agreement.got == 0 if is_cut is None else is_cut) else None)
