"""Mutants are one slip away from the solution, parse, and differ from it and from one another."""

import ast

import pytest

from grading.prove.mutants import mutants_of
from grading.prove.slips import (
    Scope,
    added_keyword,
    another_attribute,
    another_constant,
    another_function,
    another_index,
    another_name,
    another_operator,
    another_range,
    cut,
    dropped_argument,
    dropped_call,
    dropped_term,
    exchanged_arguments,
    exchanged_sides,
    scaled,
    squashed_again,
)

SCOPE = Scope(names=("x", "h", "t"), attributes=("W", "U"), method="forward")

MODULE = """\
import torch


class Cell(torch.nn.Module):
    \"\"\"One line: h = h + x.\"\"\"

    def __init__(self, size):
        super().__init__()
        self.size = size

    def forward(self, x, h):  # (T,), (1,)
        y = h
        for t in x:
            z = t * h
            h = z + y
        y = y + h
        return y
"""


def expression(text):
    return ast.parse(text, mode="eval").body


@pytest.mark.parametrize(
    ("slip", "text", "other"),
    [
        (another_name, "x", "h"),
        (another_attribute, "self.W", "self.U"),
        (another_function, "torch.sigmoid", "torch.tanh"),
        (another_function, "torch.zeros", "torch.ones"),
        (another_operator, "x + h", "(x) - (h)"),
        (another_operator, "x * h", "(x) @ (h)"),
        (dropped_term, "x + h", "h"),
        (exchanged_sides, "1 - x", "x - 1"),
        (another_constant, "1", "0"),
        (another_index, "x[:, t, :]", "x[t]"),
        (another_index, "x[:, t, :]", "x[:, -1, :]"),
        (another_index, "x[:, t, :]", "x[t, :, :]"),
        (another_range, "range(n)", "range(1, n)"),
        (another_range, "range(n)", "range(n - 1)"),
        (another_range, "range(n)", "reversed(range(n))"),
        (dropped_call, "torch.tanh(x)", "x"),
        (dropped_argument, "torch.zeros(x, device=h)", "torch.zeros(x)"),
        (exchanged_arguments, "self.W(x, h)", "self.W(h, x)"),
        (added_keyword, "nn.Linear(x, h)", "nn.Linear(x, h, bias=False)"),
        (scaled, "h", "(1 - h)"),
        (cut, "self.W(x)", "self.W(x).detach()"),
        (squashed_again, "self.W(x)", "torch.tanh(self.W(x))"),
    ],
)
def test_a_slip_writes_what_a_student_might_write(slip, text, other):
    assert other in list(slip(expression(text), SCOPE))


@pytest.mark.parametrize(
    ("slip", "text"),
    [
        (another_name, "torch"),
        (another_attribute, "self.other"),
        (another_attribute, "torch.W"),
        (exchanged_sides, "x + h"),
        (another_index, "x[t]"),
        (another_range, "range(1, n)"),
        (exchanged_arguments, "self.W(x)"),
        (cut, "torch"),
    ],
)
def test_what_is_no_such_place_has_no_such_slip(slip, text):
    assert list(slip(expression(text), SCOPE)) == []


def test_values_are_scaled_and_cut_only_where_the_model_computes():
    scope = Scope(names=("size",), method="__init__")
    assert [*scaled(expression("size"), scope), *cut(expression("size"), scope)] == []


@pytest.fixture(scope="module")
def mutants():
    return mutants_of({"cell.py": MODULE.encode()})


@pytest.mark.parametrize(
    ("slip", "before", "after"),
    [
        ("left out", "import torch", ""),
        ("left out", "super().__init__()", ""),
        ("doubled", "y = y + h", "y = y + h\ny = y + h"),
        ("moved down", "z = t * h\nh = z + y", "h = z + y\nz = t * h"),
        ("moved into loop", "y = h\nfor t in x:", "for t in x:\n    y = h"),
        ("moved into loop", "y = y + h", "y = y + h"),
        ("moved out of loop", "h = z + y", "h = z + y"),
        ("added up", "h = z + y", "h += z + y"),
        ("not returned", "return y", "y"),
        ("another name", "z = t * h", "z = t * y"),
        ("another name", "z = t * h", "y = t * h"),
        ("another operator", "z = t * h", "z = t + h"),
        ("exchanged parameters", "def forward(self, x, h):", "def forward(self, h, x):"),
    ],
)
def test_statements_and_expressions_of_a_module_are_mutated(mutants, slip, before, after):
    assert (slip, before, after) in {(m.slip, m.before, m.after) for m in mutants}


@pytest.mark.parametrize(("slip", "before"), [("doubled", "self.size = size"), ("doubled", "y = h")])
def test_what_changes_nothing_by_itself_is_no_mutant(mutants, slip, before):
    assert (slip, before) not in {(m.slip, m.before) for m in mutants}


def test_lines_that_have_nothing_to_do_with_one_another_are_not_exchanged():
    text = "class Cell:\n    def f(self, x):\n        a = x\n        b = x\n        return a + b\n"
    moved = [m.before for m in mutants_of({"cell.py": text.encode()}) if m.slip == "moved down"]
    assert moved == ["b = x\nreturn a + b"]


def test_a_value_that_is_only_asked_for_its_size_is_not_scaled():
    text = "class Cell:\n    def forward(self, x):\n        return x.size(0)\n"
    found = {m.after for m in mutants_of({"cell.py": text.encode()})}
    assert "return -x.size(0)" in found
    assert "return (-x).size(0)" not in found


def test_each_mutant_parses_and_says_something_else(mutants):
    trees = [ast.dump(ast.parse(mutant.text)) for mutant in mutants]
    assert ast.dump(ast.parse(MODULE)) not in trees
    assert len(set(trees)) == len(trees) > 50


def test_a_mutant_changes_the_lines_that_it_names_and_no_others(mutants):
    old = MODULE.splitlines()
    for mutant in mutants:
        new = mutant.text.splitlines()
        rest = len(old) - mutant.last
        assert new[: mutant.first - 1] == old[: mutant.first - 1]
        assert new[len(new) - rest :] == old[mutant.last :]


def test_docstrings_are_left_as_they_are(mutants):
    assert all('"""One line' in mutant.text for mutant in mutants if not mutant.before.startswith("class"))


def test_mutants_are_the_same_every_time(mutants):
    assert mutants == mutants_of({"cell.py": MODULE.encode()})
