"""A student's gradients beside the equation's."""

import numpy as np
import pytest

from grading.mark.binding import named_binding
from grading.mark.case import Case, gradients
from grading.mark.class_spec import ClassSpec
from grading.mark.gradient import agrees_in_directions, cut_gradient, cut_weight_gradient

RANDOM = np.random.default_rng(0)
SPEC = ClassSpec("Cell", (4, 6), 6, {"W": (6, 4), "U": (6, 6)})
BINDING = named_binding(SPEC, {"W.weight": (6, 4), "W.bias": (6,), "U.weight": (6, 6)})
TENSORS = {
    "W.weight": RANDOM.normal(size=(6, 4)),
    "W.bias": RANDOM.normal(size=6),
    "U.weight": RANDOM.normal(size=(6, 6)),
}
CASE = Case({"x": RANDOM.normal(size=(3, 4)), "h": RANDOM.normal(size=(3, 6))}, BINDING.layers(TENSORS), TENSORS)
PROBE = RANDOM.normal(size=(3, 6))


def equation(c):
    return np.tanh(c.W(c.x) + c.U(c.h))


@pytest.fixture
def right():
    return gradients(equation, CASE, PROBE, ["x", "h", *TENSORS])


def test_right_gradients_are_cut_nowhere(right):
    assert cut_gradient(equation, CASE, PROBE, right, ["x", "h"]) is None
    assert cut_weight_gradient(equation, CASE, BINDING, PROBE, right) is None


@pytest.mark.parametrize("name", ["x", "h"])
def test_a_gradient_that_is_zero_is_found_and_told(right, name):
    found, agreement = cut_gradient(equation, CASE, PROBE, right | {name: np.zeros_like(right[name])}, ["x", "h"])
    assert (found, agreement.got) == (name, 0)


@pytest.mark.parametrize("name", TENSORS)
def test_one_wrong_entry_of_one_weight_is_found(right, name):
    wrong = right[name].copy()
    wrong.flat[1] += 0.01
    found, agreement = cut_weight_gradient(equation, CASE, BINDING, PROBE, right | {name: wrong})
    assert (found, agreement.differing) == (name, 1)


def test_a_gradient_that_was_not_sent_is_no_right_one(right):
    del right["U.weight"]
    found, agreement = cut_weight_gradient(equation, CASE, BINDING, PROBE, right)
    assert found == "U.weight"
    assert np.isnan(agreement.got)


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e308])
def test_numbers_that_are_none_or_too_large_agree_in_no_direction(right, value):
    assert not agrees_in_directions(equation, CASE, PROBE, right | {"h": np.full((3, 6), value)})


def test_a_gradient_of_another_shape_agrees_in_no_direction(right):
    assert not agrees_in_directions(equation, CASE, PROBE, right | {"h": right["h"][:1]})


def test_rounding_to_float32_is_no_cut(right):
    rounded = {name: array.astype(np.float32).astype(float) for name, array in right.items()}
    assert agrees_in_directions(equation, CASE, PROBE, rounded)
