"""Formulas written out: only the parentheses that a reader needs, and the handout's names of functions."""

import numpy as np

from assignment.equations import sigmoid, softmax
from grading.mark.symbols import symbolic_case


def test_parentheses_stand_where_a_reader_needs_them_and_nowhere_else():
    c = symbolic_case({"a": "a", "b": "b", "d": "d"}, {"W": "W"})
    assert str(c.a - (c.b - c.d)) == "a - (b - d)"
    assert str(c.a - c.b - c.d) == "a - b - d"
    assert str((c.a + c.b) * c.d / 2) == "((a + b) * d) / 2"
    assert str(c.a * c.W(c.b)) == "a * (W b)"
    assert str(c.W(c.a * c.b) + c.d) == "W (a * b) + d"
    assert str(-(c.a + c.b) + c.d[0, :]) == "-(a + b) + d[0, :]"


def test_sigmoid_and_softmax_are_recognised_in_what_numpy_was_asked_for():
    c = symbolic_case({"a": "a", "b": "b"}, {})
    assert str(1 - sigmoid(c.a + c.b)) == "1 - sigmoid(a + b)"
    assert str(np.log(softmax(c.a))) == "log(softmax(a))"


def test_what_only_looks_like_a_sigmoid_is_written_as_it_is():
    c = symbolic_case({"a": "a"}, {})
    assert str(1 / (1 + np.exp(c.a))) == "1 / (1 + exp(a))"
    assert str(2 / (1 + np.exp(-c.a))) == "2 / (1 + exp(-a))"
