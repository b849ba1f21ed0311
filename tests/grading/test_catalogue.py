"""The catalogue of misconceptions: how entries are written down, found and named."""

import numpy as np

from grading.mark.catalogue import Catalogue, gives


class Two:
    """Given values for a formula."""

    a, b = np.array([[1.0, 2.0]]), np.array([[3.0, 5.0]])


def catalogue():
    made = Catalogue()

    @made.misconception("sum", of="part", convention=True)
    def in_sum(c):
        return c.a + c.b

    @made.misconception("product", of={"part": 1, "other": 2})
    def in_product(factor, c):
        return factor * c.a * c.b

    @made.misconception("product", of="part")
    def turned(c):
        return -c.a * c.b

    return made


def test_a_formula_may_stand_in_several_parts_and_knows_in_which():
    (entry,) = catalogue().of("other")
    assert np.array_equal(entry.formula(Two), 2 * Two.a * Two.b)
    assert catalogue().items_of("product") == ["part", "other"]


def test_numbers_have_the_name_of_the_formula_that_gives_them():
    assert catalogue().name_of("part", Two.a + Two.b, Two) == "sum"


def test_several_formulas_of_one_mistake_have_one_name():
    assert catalogue().name_of("part", Two.a * Two.b, Two) == "product"
    assert catalogue().name_of("part", -Two.a * Two.b, Two) == "product"


def test_numbers_of_no_formula_have_no_name():
    assert catalogue().name_of("part", Two.a - Two.b, Two) is None


def test_numbers_of_two_mistakes_have_no_name():
    made = catalogue()
    made.misconception("swapped-sum", of="part")(lambda c: c.b + c.a)
    assert made.name_of("part", Two.a + Two.b, Two) is None


def test_a_convention_is_told_from_a_mistake():
    assert catalogue().is_convention("part", "sum")
    assert not catalogue().is_convention("part", "product")
    assert not catalogue().is_convention("part", None)


def test_a_formula_that_can_not_run_at_these_sizes_gives_nothing():
    def too_far(c):
        return c.a[:, 7]

    assert not gives(too_far, Two, Two.a)


def test_catalogues_are_put_together_in_order():
    both = Catalogue(catalogue(), catalogue())
    assert [entry.id for entry in both.of("other")] == ["product", "product"]


def test_a_part_that_is_no_item_is_met_in_the_items_that_it_is_seen_in():
    made = Catalogue(catalogue(), items_of_parts={"part": ("rnn.model", "gru.unroll")})
    assert made.items_of("product") == ["rnn.model", "gru.unroll", "other"]
    assert made.identifiers_in("gru.unroll") == ["sum", "product"]
    assert made.identifiers_in("part") == []


def test_a_mistake_without_a_formula_is_known_where_it_was_said_to_be():
    made = Catalogue(catalogue(), without_formula={"shared": ("layers",), "sum": ("layers",)})
    assert made.identifiers() == ["shared", "sum", "product"]
    assert made.items_of("shared") == ["layers"]
    assert made.items_of("sum") == ["layers", "part"]
    assert made.called("shared") == []


def test_only_an_entry_that_is_marked_so_counts_as_right():
    made = catalogue()
    made.misconception("remark", of="part", right=True)(lambda c: c.a)
    assert [name for name in made.identifiers() if made.counts_as_right(name)] == ["remark"]
