"""The mutants that an independent tool, Cosmic Ray, makes of the solution.  For instructors only.

Its operators know nothing of this assignment: every arithmetic operator for every other, numbers one more and one
less, loops without a step, a random constant for a variable, one more term in a sum.  What they draw at random is drawn
alike every time.
"""

import ast
import random
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, permutations, takewhile

from grading.prove.mutants import blocks, each_once, make_mutant

CORE = "core"  # the tool's own operators, as it calls them
OF_ONE_VARIABLE, OF_TWO_VARIABLES = "VariableReplacer", "VariableInserter"
SEED = 3


class NoMutationTool(ValueError):
    """The tool is not installed: one sentence."""


def tool_mutants(files):
    """Every Mutant that the tool makes of some modules, file name -> bytes, and that parses and differs, each once.

    Raises NoMutationTool.
    """
    with repeatable_random():
        return each_once(files, mutants_of_module)


def mutants_of_module(file, source):
    """A Mutant for each place where each operator applies."""
    tools = tool()
    nodes = list(tools.nodes(tools.parse(source)))
    for name, operator in operators(source):
        places = sum(1 for node in nodes for _ in operator.mutation_positions(node))
        for occurrence in range(places):
            yield mutant_from(file, name, source, tools.mutate(source, operator, occurrence))


def mutant_from(file, name, source, changed):
    """The Mutant that a changed text is: what stands between the lines that both begin and end with."""
    old, new = source.splitlines(), changed.splitlines()
    first = common(zip(old, new, strict=False))
    last = common(zip(reversed(old[first:]), reversed(new[first:]), strict=False))
    return make_mutant(file, name, source, first + 1, len(old) - last, new[first : len(new) - last])


def common(pairs):
    """How many pairs are equal before the first that is not."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def operators(source):
    """(name, operator) of every operator of the tool, with every variable of the module for those that take some."""
    provider = tool().operators
    scopes = [scope.names for _, scope in blocks(ast.parse(source))]
    for name in provider:
        kind = provider[name]
        if name == OF_ONE_VARIABLE:
            yield from ((name, careful(kind)(variable)) for variable in sorted({*chain(*scopes)}))
        elif name == OF_TWO_VARIABLES:
            pairs = {pair for names in scopes for pair in permutations(names, 2)}
            yield from ((name, kind(*pair)) for pair in sorted(pairs))
        else:
            yield name, kind()


def careful(kind):
    """The tool's operator, which fails on `a = b`, without the assignments of one bare name or number."""

    class Careful(kind):
        def mutation_positions(self, node):
            is_bare = hasattr(node, "get_rhs") and not hasattr(node.get_rhs(), "children")
            return () if is_bare else super().mutation_positions(node)

    return Careful


@dataclass(frozen=True)
class Tool:
    """What is used of the tool.

    operators  name -> operator's class
    parse      text -> tree
    nodes      tree -> its nodes
    mutate     (text, operator, occurrence) -> text
    """

    operators: Mapping
    parse: Callable
    nodes: Callable
    mutate: Callable


def tool():
    """The Tool.  Raises NoMutationTool."""
    try:
        from cosmic_ray.ast import ast_nodes, get_ast
        from cosmic_ray.mutating import mutate_code
        from cosmic_ray.plugins import OPERATOR_PROVIDERS
    except ImportError:
        raise NoMutationTool(
            "the mutants of a tool need the package cosmic-ray, which is not installed; run: make setup"
        ) from None
    return Tool(OPERATOR_PROVIDERS[CORE], get_ast, ast_nodes, mutate_code)


@contextmanager
def repeatable_random():
    """The tool draws from Python's own generator: the same numbers every time, and no trace of it afterwards."""
    state = random.getstate()
    random.seed(SEED)
    try:
        yield
    finally:
        random.setstate(state)
