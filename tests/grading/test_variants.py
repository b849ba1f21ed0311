"""One source and its variants: conditions in tables and in sources, and the line of each that is uneven."""

import pytest

from grading.variants import UnevenVariant, chosen, chosen_lines

AFTER = {"reset": "after", "update": "candidate"}
SOURCE = ["a", "# IF reset=after", "b", "# ELSE", "    c", "    # END IF", "d"]


def test_a_table_keeps_the_plain_key_where_the_condition_does_not_hold():
    assert chosen({"x": 1, "x?reset=after": 2}, {"reset": "before"}) == {"x": 1}


def test_a_table_takes_the_conditional_key_where_the_condition_holds_at_any_depth():
    table = {"rows": [{"x": 1, "x?reset=after": 2}], "inner": {"y?reset=after": 3}}
    assert chosen(table, AFTER) == {"rows": [{"x": 2}], "inner": {"y": 3}}


def test_every_part_of_a_condition_must_hold():
    assert chosen({"x": 1, "x?reset=after,update=past": 2}, AFTER) == {"x": 1}
    assert chosen({"x": 1, "x?reset=after,update=candidate": 2}, AFTER) == {"x": 2}


def test_lines_keep_their_numbers_in_the_source():
    assert chosen_lines(SOURCE, AFTER) == [(1, "a"), (3, "b"), (7, "d")]
    assert chosen_lines(SOURCE, {}) == [(1, "a"), (5, "    c"), (7, "d")]


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (["# IF a=b"], 1),
        (["x", "# END IF"], 2),
        (["x", "# ELSE"], 2),
        (["# IF a=b", "# IF a=c", "# END IF"], 2),
    ],
)
def test_a_condition_without_its_partner_is_named_with_its_line(lines, line):
    with pytest.raises(UnevenVariant) as raised:
        chosen_lines(lines, {})
    assert raised.value.line == line
