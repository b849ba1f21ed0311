"""The independent tool's mutants parse, differ, and are the same every time."""

import ast
import random
import sys

import pytest

from grading.prove.mutation_tool import NoMutationTool, mutant_from, tool_mutants

MODULE = """\
class Cell:
    def step(self, x, h):
        self.x = x
        for t in range(3):
            h = x * h + 1
        return h
"""
FILES = {"cell.py": MODULE.encode()}


@pytest.fixture(scope="module")
def mutants():
    return tool_mutants(FILES)


@pytest.mark.parametrize(
    ("slip", "after"),
    [
        ("ReplaceBinaryOperator_Mul_Div", "h = x / h + 1"),
        ("ReplaceBinaryOperator_Add_Sub", "h = x * h - 1"),
        ("NumberReplacer", "h = x * h + 2"),
        ("ZeroIterationForLoop", "for t in []:"),
    ],
)
def test_the_tool_s_operators_are_applied(mutants, slip, after):
    assert (slip, after) in {(mutant.slip, mutant.after.replace("  ", " ")) for mutant in mutants}


@pytest.mark.parametrize("slip", ["VariableReplacer", "VariableInserter"])
def test_the_operators_that_take_variables_are_given_those_of_the_module(mutants, slip):
    assert any(mutant.slip == slip for mutant in mutants)


def test_each_mutant_parses_and_says_something_else(mutants):
    trees = [ast.dump(ast.parse(mutant.text)) for mutant in mutants]
    assert ast.dump(ast.parse(MODULE)) not in trees
    assert len(set(trees)) == len(trees)


def test_what_the_tool_draws_is_drawn_alike_and_disturbs_nobody(mutants):
    random.seed(1)
    state = random.getstate()
    assert tool_mutants(FILES) == mutants
    assert random.getstate() == state


def test_without_the_tool_one_sentence_says_what_to_do(monkeypatch):
    monkeypatch.setitem(sys.modules, "cosmic_ray.ast", None)
    with pytest.raises(NoMutationTool, match="need the package cosmic-ray, which is not installed; run: make setup"):
        tool_mutants(FILES)


def test_a_line_that_the_tool_takes_away_leaves_a_mutant_of_the_lines_that_differ():
    source = "a = 1\nb = (\n    2\n)\nc = 3\n"
    mutant = mutant_from("cell.py", "Slip", source, "a = 1\nb = 5\nc = 3\n")
    assert (mutant.first, mutant.last, mutant.after) == (2, 4, "b = 5")
    assert mutant.text == "a = 1\nb = 5\nc = 3\n"
    longer = mutant_from("cell.py", "Slip", "a = 1\nc = 3\n", "a = 1\na = 1\nc = 3\n")
    assert longer.text == "a = 1\na = 1\nc = 3\n"
