"""How two arrays compare: the shape first, every value, and nothing that is no number equals anything."""

import numpy as np
import pytest

from grading.mark.agreement import ABSOLUTE, RELATIVE, agrees, compare, number

RIGHT = np.array([[0.5, -0.25, 2.0], [1.0, 0.0, -3.0]])


def with_value(value, row=1, unit=2):
    array = RIGHT.copy()
    array[row, unit] = value
    return array


def test_equal_arrays_agree():
    assert agrees(RIGHT.copy(), RIGHT)


@pytest.mark.parametrize("sign", [1, -1])
def test_the_tolerance_is_absolute_plus_relative(sign):
    allowed = ABSOLUTE + RELATIVE * 3.0
    assert agrees(with_value(-3.0 + sign * 0.99 * allowed), RIGHT)
    assert not agrees(with_value(-3.0 + sign * 1.01 * allowed), RIGHT)


def test_one_wrong_number_among_many_is_enough():
    expected = np.zeros((50, 40))
    got = expected.copy()
    got[49, 39] = 0.17
    assert not agrees(got, expected)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_what_is_no_finite_number_never_agrees_with_a_number(value):
    found = compare(with_value(value), RIGHT)
    assert not found.right
    assert (found.row, found.unit, found.differing) == (2, 3, 1)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_what_is_no_finite_number_does_not_even_agree_with_itself(value):
    assert not agrees(with_value(value), with_value(value))


def test_a_number_too_large_to_subtract_is_wrong_without_a_warning():
    assert not agrees(with_value(1.7e308), with_value(-1.7e308))


SHAPES = {
    "row_for_matrix": (RIGHT[:1], RIGHT),
    "single_number": (np.float64(0.5), np.full((2, 3), 0.5)),
    "column": (np.full((2, 1), 0.5), np.full((2, 3), 0.5)),
    "extra_axis": (RIGHT[None], RIGHT),
    "transposed": (RIGHT.T, RIGHT),
    "flattened": (RIGHT.ravel(), RIGHT),
    "empty": (np.zeros((0, 3)), RIGHT),
}


@pytest.mark.parametrize(("got", "expected"), SHAPES.values(), ids=SHAPES)
def test_another_shape_never_agrees_even_where_numpy_would_broadcast(got, expected):
    found = compare(got, expected)
    assert not found.right
    assert (found.shape, found.expected_shape) == (np.shape(got), np.shape(expected))


def test_the_entry_furthest_apart_is_told_counted_from_one():
    got = RIGHT + np.array([[0.1, 0.0, -0.2], [0.0, 5.0, 0.0]])
    found = compare(got, RIGHT)
    assert (found.row, found.unit, found.got, found.expected) == (2, 2, 5.0, 0.0)
    assert (found.differing, found.total) == (3, 6)


def test_a_missing_number_is_told_before_a_wrong_one():
    got = with_value(1e9, row=0, unit=0)
    got[1, 1] = np.nan
    found = compare(got, RIGHT)
    assert (found.row, found.unit) == (2, 2)
    assert np.isnan(found.got)


def test_single_numbers_and_three_axes_compare_too():
    assert compare(np.float64(2.0), np.float64(2.0)).right
    found = compare(np.ones((2, 3, 4)), np.zeros((2, 3, 4)))
    assert (found.right, found.differing, found.total) == (False, 24, 24)


def test_whole_numbers_compare_by_value():
    assert agrees(np.array([0, 1], dtype=np.uint8), np.array([0.0, 1.0]))
    assert not agrees(np.array([255, 1], dtype=np.uint8), np.array([-1.0, 1.0]))


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.4125, "0.412"), (-0.5, "-0.500"), (0, "0"), (1e-7, "1e-07"), (12345.6, "1.23e+04"), (np.inf, "inf")],
)
def test_a_number_is_shown_with_three_digits_that_count(value, shown):
    assert number(value) == shown


def test_a_difference_is_told_by_its_numbers_or_by_its_shapes():
    apart, other_shape = compare([[1.0, 2.0]], [[1.0, 5e-5]]), compare(np.float64(1.0), [[1.0, 2.0]])
    assert apart.kind == "numbers"
    told = apart.in_words("one number")
    assert (told["got"], told["expected"], told["shape"]) == ("2.000", "5e-05", "1 x 2")
    assert other_shape.kind == "shape"
    assert other_shape.in_words("one number")["shape"] == "one number"


def test_of_no_numbers_at_all_none_is_right():
    assert not agrees(np.zeros((0, 3)), np.zeros((0, 3)))
