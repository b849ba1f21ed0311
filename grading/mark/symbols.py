"""A formula written out: run it on symbols in place of numbers, and read what was done to them.

What a formula computes and what a person reads of it can so never differ.  A `Case` of symbols takes the place of one
of arrays; NumPy's functions hand their operands to `Symbol.__array_ufunc__` (NumPy's NEP 13).
"""

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from grading.mark.case import Case

SIGNS = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/"}
NAMES = {"maximum": "max", "minimum": "min"}
SUM, PRODUCT, APPLIED, ATOM = range(4)  # how firmly a text holds together, from the loosest
STRENGTH = {"add": SUM, "subtract": SUM, "negative": SUM, "multiply": PRODUCT, "divide": PRODUCT, "matmul": APPLIED}


class Symbol(NDArrayOperatorsMixin):
    """A name, or what a formula made of names: a tree (operation, operand, ...) of trees, names and numbers."""

    def __init__(self, tree):
        self.tree = recognised(tree)

    def __array_ufunc__(self, function, method, *operands, **options):
        if method != "__call__" or options:
            return NotImplemented
        return Symbol((function.__name__, *map(tree_of, operands)))

    def __array_function__(self, function, types, operands, options):
        """Joined arrays, and the parts of what a stacked layer gives, whose name is a tuple of its parts' names."""
        if function is np.concatenate:
            return Symbol(("joined", *map(tree_of, operands[0])))
        if function is np.split:
            operation, operand, layers = self.tree
            return [Symbol((operation, operand, layer)) for layer in layers]
        return NotImplemented

    def __getitem__(self, index):
        return Symbol(("index", self.tree, *(index if isinstance(index, tuple) else (index,))))

    def max(self, axis, keepdims):
        return Symbol(("max", self.tree))

    def sum(self, axis, keepdims):
        return Symbol(("sum", self.tree))

    @property
    def T(self):  # a layer is written W x, whichever way its weight is stored
        return self

    def __str__(self):
        return written(self.tree)


def symbolic_case(values, layers):
    """A Case whose values and layers (without biases) are symbols: the equations' name -> what a person reads."""
    return Case(
        {name: Symbol(said) for name, said in values.items()},
        {name: (Symbol(said), None) for name, said in layers.items()},
    )


def tree_of(operand):
    return operand.tree if isinstance(operand, Symbol) else operand


def recognised(tree):
    """The tree with the two functions that NumPy has not, sigmoid and softmax, called by their names."""
    match tree:
        case "divide", 1, ("add", 1, ("exp", ("negative", inner))):
            return ("sigmoid", inner)
        case "divide", ("exp", ("subtract", inner, ("max", most))) as raised, ("sum", summed) if (
            inner == most and raised == summed
        ):
            return ("softmax", inner)
    return tree


def written(tree):
    """The text of a tree, with no more parentheses than a reader needs."""
    match tree:
        case "matmul", operand, layer:
            return f"{layer} {held(operand, ATOM)}"
        case "joined", *operands:
            return f"[{', '.join(map(written, operands))}]"
        case "negative", operand:
            return f"-{held(operand, APPLIED)}"
        case "index", operand, *index:
            return f"{held(operand, ATOM)}[{', '.join(map(written_index, index))}]"
        case ("multiply" | "divide") as operation, left, right:
            return f"{held(left, ATOM)} {SIGNS[operation]} {held(right, ATOM)}"
        case ("add" | "subtract") as operation, left, right:
            return f"{held(left, SUM)} {SIGNS[operation]} {held(right, SUM if operation == 'add' else PRODUCT)}"
        case str(operation), *operands if operands:
            return f"{NAMES.get(operation, operation)}({', '.join(map(written, operands))})"
    return str(tree)


def written_index(index):
    """One axis of an index: all of it, or a place."""
    return ":" if isinstance(index, slice) else written(tree_of(index))


def held(tree, firm):
    """The text of an operand, in parentheses where it holds together less firmly than that."""
    strength = STRENGTH.get(tree[0], ATOM) if isinstance(tree, tuple) else ATOM
    return written(tree) if strength >= firm else f"({written(tree)})"
