"""Gradients beside the equation's: a detached state has the right numbers and the wrong gradients."""

import numpy as np

from grading.mark.agreement import agrees, compare, number
from grading.mark.case import gradients

DIRECTIONS = 2  # in which all gradients are compared at once, before any is compared entry by entry


def cut_gradient(equation, case, probe, found, names):
    """(array's name, Agreement) of the first gradient among `names` that differs from the equation's, or None.

    probe   d loss / d output
    found   the student's gradients: array's name -> array
    """
    if not names or agrees_in_directions(equation, case, probe, {name: found.get(name) for name in names}):
        return None
    for name in names:
        right = gradients(equation, case, probe, [name])[name]
        agreement = compare(found.get(name, np.full(right.shape, np.nan)), right)
        if not agreement.right:
            return name, agreement
    return None


def cut_weight_gradient(equation, case, binding, probe, found):
    """The same for the weights and biases of a case, each looked up where `binding` says that it lies."""
    if has_weight_gradients(equation, case, binding, probe, found):
        return None
    right = gradients(equation, case, probe, list(bound_gradients(case, binding, found)))
    for block in binding.blocks:
        got = block.read(found[block.tensor]) if block.tensor in found else np.full(right[block.name].shape, np.nan)
        agreement = compare(got, right[block.name])
        if not agreement.right:
            return block.tensor, agreement
    return None


def has_weight_gradients(equation, case, binding, probe, found):
    """Whether the student's gradients of all weights and biases are the equation's; `found` as told by the child."""
    bound = bound_gradients(case, binding, found)
    if not all(agrees(array, arrays[0]) for arrays in bound.values() for array in arrays[1:]):  # summands of one bias
        return False
    firsts = {name: arrays[0] if arrays else None for name, arrays in bound.items()}
    return agrees_in_directions(equation, case, probe, firsts)


def bound_gradients(case, binding, found):
    """weight's or bias's name in the case -> the student's gradients of its blocks."""
    bound = {block.name: [] for block in binding.blocks if block.name in case.arrays()}
    for block in binding.blocks:
        if block.tensor in found:
            bound[block.name].append(block.read(found[block.tensor]))
    return bound


def agrees_in_directions(equation, case, probe, found):
    """Whether the gradients `found`, array's name -> array, give the equation's slope in random directions.

    One complex step for a direction, where comparing each entry takes one for each.  Gradients that differ agree in
    none but by an accident of 1 in 10,000 for each direction; those that agree so far are right.
    """
    arrays = case.arrays()
    if any(array is None or np.shape(array) != arrays[name].shape for name, array in found.items()):
        return False
    if not all(np.isfinite(array).all() for array in found.values()):
        return False
    random = np.random.default_rng(0)
    for _ in range(DIRECTIONS):
        moved, slope = case, 0.0
        for name, array in found.items():
            direction = random.choice([-1.0, 1.0], arrays[name].shape)
            moved = moved.with_array(name, arrays[name] + 1e-30j * direction)
            with np.errstate(over="ignore", invalid="ignore"):  # what a hostile number makes too large
                slope += (array * direction).sum()
        if not agrees(slope, (probe * equation(moved)).imag.sum() / 1e-30):
            return False
    return True


def cut_verdict(speak, cut, is_cut=None):
    """A gradient is not the equation's: cut where it is zero or `is_cut` says so; else a part of it is lost."""
    name, agreement = cut
    saw = speak.words.say("saw", "gradients", name=name, got=number(agreement.got), expected=number(agreement.expected))
    return speak.failed(saw, "gradient-cut" if is_cut or agreement.got == 0 else None, "gradient_other")
