"""Which known mistakes explain the numbers of a whole."""

import numpy as np

from grading.mark.catalogue import Catalogue
from grading.mark.explanation import explanations, reading_of

CATALOGUE = Catalogue()
PARTS = ("first", "second", "third")
RIGHT = {"first": 1.0, "second": 10.0, "third": 100.0}


def register(name, part, value, **attributes):
    CATALOGUE.misconception(name, of=part, **attributes)(lambda: value)


register("first-doubled", "first", 2.0)
register("second-doubled", "second", 20.0)
register("second-as-remark", "second", 11.0, right=True)
register("third-doubled", "third", 200.0)
register("third-like-first", "third", 101.0)  # as a whole, what first-doubled gives


def whole(explanation):
    values = RIGHT | {part: entry.formula() for part, entry in explanation.items()}
    return np.array([[sum(values.values())]])


def explained(number):
    return explanations(np.array([[number]]), whole, CATALOGUE, PARTS)


def test_right_numbers_need_no_mistake():
    assert [explanation.mistakes() for explanation in explained(111.0)] == [{}]


def test_one_mistake_is_found():
    assert [explanation.mistakes() for explanation in explained(121.0)] == [{"second": "second-doubled"}]


def test_two_mistakes_are_found_where_one_is_not_enough():
    assert [explanation.mistakes() for explanation in explained(221.0)] == [
        {"second": "second-doubled", "third": "third-doubled"}
    ]


def test_three_mistakes_are_not_looked_for():
    assert explained(222.0) == []


def test_a_harmless_form_is_no_mistake():
    (explanation,) = explained(112.0)
    assert explanation["second"].id == "second-as-remark"
    assert explanation.mistakes() == {}


def test_readings_that_differ_name_nobody():
    found = [{"first": "first-doubled"}, {"third": "third-like-first"}]
    numbers = np.array([[1.0 + 111.0]])
    without_remark = Catalogue()
    without_remark.entries = [entry for entry in CATALOGUE.entries if not entry.right]
    readings = explanations(numbers, whole, without_remark, PARTS)
    assert [explanation.mistakes() for explanation in readings] == found
    assert reading_of("first", readings) is None
    assert reading_of("second", readings) == ""


def test_numbers_that_are_none_are_explained_by_nothing():
    assert explained(np.nan) == []


def test_a_formula_that_can_not_run_explains_nothing():
    def broken(explanation):
        if explanation:
            raise ValueError("sizes differ")
        return whole(explanation)

    assert explanations(np.array([[121.0]]), broken, CATALOGUE, PARTS) == []


def test_numbers_of_another_shape_are_explained_by_nothing():
    assert explanations(np.array([121.0]), whole, CATALOGUE, PARTS) == []
