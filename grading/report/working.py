"""One entry of the marker's test, worked out by hand: as a number, and as lines of Python that anyone can run.

The lines come from running the formula on symbols (see `grading.mark.symbols`), so that what is printed can't differ
from what the marker computes.
"""

from dataclasses import dataclass, field

import numpy as np

from grading.mark.case import Case
from grading.mark.symbols import Symbol

BINARY = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/"}
SIGMOID = "sigmoid = lambda a: 1 / (1 + np.exp(-a))"


@dataclass(frozen=True)
class Working:
    """How one entry of a result is computed.

    values   name -> vector or number: what is given
    layers   name -> (weight, bias or None); one row of each is enough where a formula's other units are not read
    lines    (name, formula): computed in order, each from what stands before it; the last one is the result
    unit     which entry of the last line is meant, where that is a vector
    part     the part of the catalogue whose wrong formulas can stand in the last line's place, or ""
    stacked  layer -> the names of the layers that it holds below each other, and that a text calls by these names
    """

    values: dict
    layers: dict
    lines: tuple
    unit: int = 0
    part: str = ""
    stacked: dict = field(default_factory=dict)

    def result(self, formula=None, digits=None):
        """The number, with another `formula` in the last line's place, from values rounded to so many digits.

        Raises IndexError, ValueError or AttributeError for a formula that can't be computed from this.
        """
        case = Case(self.rounded(self.values, digits), self.rounded(self.layers, digits))
        for name, own in self.lines[:-1]:
            case = case.replace(**{name: own(case)})
        found = np.asarray((formula or self.lines[-1][1])(case))
        return float(self.entry(found))

    def entry(self, found):
        return found[self.unit] if found.ndim and len(found) > 1 else found.reshape(-1)[0]

    def rounded(self, table, digits):
        """The same names with rounded numbers; None: as they are."""
        return table if digits is None else {name: rounded(value, digits) for name, value in table.items()}

    def text_of(self, formula):
        """The formula as Python, over the names of this working."""
        names = [*self.values, *(name for name, _ in self.lines)]
        case = Case({n: Symbol(n) for n in names}, {n: (Symbol(self.stacked.get(n, n)), None) for n in self.layers})
        return python(formula(case).tree)

    def python(self, digits, wrong=None):
        """(lines of Python that define what is given, the expression of the result, that of a wrong formula or None)"""
        *before, (_, last) = self.lines
        steps = [(name, self.text_of(formula)) for name, formula in before]
        ends = [self.ending(self.text_of(last), last)]
        ends += [self.ending(self.text_of(wrong), wrong)] if wrong else []
        text = "\n".join([*(said for _, said in steps), *ends])
        given = [f"{name} = {literal(value, digits)}" for name, value in self.values.items() if is_named(name, text)]
        layers = [f"{name} = {applied(*one, digits)}" for name, one in self.layers_by_name() if is_named(name, text)]
        helper = [SIGMOID] if "sigmoid(" in text else []
        return helper + given + layers + [f"{name} = {said}" for name, said in steps], *ends, *([] if wrong else [None])

    def layers_by_name(self):
        """(name, (weight, bias or None)) of every layer, each of those in a stack by itself."""
        for stack, (weight, bias) in self.layers.items():
            names = self.stacked.get(stack, (stack,))
            biases = [None] * len(names) if bias is None else np.split(bias, len(names))
            yield from zip(names, zip(np.split(weight, len(names)), biases, strict=True), strict=True)

    def ending(self, text, formula):
        """The expression, and which entry of it is meant, where it is a vector."""
        case = Case(self.values, self.layers)
        for name, own in self.lines[:-1]:
            case = case.replace(**{name: own(case)})
        found = np.asarray(formula(case))
        return f"({text})[{self.unit}]" if found.ndim and len(found) > 1 else text


def is_named(name, text):
    """Whether a name stands in a Python text as a word."""
    return name in "".join(c if c.isalnum() or c == "_" else " " for c in text).split()


def rounded(value, digits):
    if isinstance(value, tuple):
        return tuple(None if part is None else np.round(part, digits) for part in value)
    return np.round(value, digits) if isinstance(value, np.ndarray) else value


def literal(value, digits):
    """A number or an array as Python."""
    return f"np.array({numbers(value, digits)})" if isinstance(value, np.ndarray) else repr(value)


def numbers(array, digits):
    """The numbers of an array as nested lists."""
    return repr(np.round(array, digits).tolist())


def applied(weight, bias, digits):
    """A layer as a function: a row of it gives a number, all of it a vector."""
    row = len(weight) == 1
    product = f"np.dot({numbers(weight[0] if row else weight, digits)}, v)"
    if bias is None:
        return f"lambda v: {product}"
    offset = repr(round(float(bias[0]), digits)) if row else f"np.array({numbers(bias, digits)})"
    return f"lambda v: {product} + {offset}"


def python(tree):
    """The Python of a symbol's tree."""
    match tree:
        case "matmul", operand, layer:
            return f"{layer}({python(operand)})"
        case "joined", *operands:
            return f"np.concatenate(({', '.join(map(python, operands))}))"
        case "negative", operand:
            return f"-{operand_of(operand)}"
        case "index", operand, *index:
            return f"{operand_of(operand)}[{', '.join(map(python_index, index))}]"
        case str(operation), left, right if operation in BINARY:
            return f"{operand_of(left)} {BINARY[operation]} {operand_of(right)}"
        case "sigmoid", operand:
            return f"sigmoid({python(operand)})"
        case str(operation), *operands if operands:
            return f"np.{operation}({', '.join(map(python, operands))})"
    return str(tree)


def operand_of(tree):
    """The Python of a part of a larger expression, in parentheses where it is a sum or a product."""
    is_loose = isinstance(tree, tuple) and tree[0] in {*BINARY, "negative"}
    return f"({python(tree)})" if is_loose else python(tree)


def python_index(index):
    if isinstance(index, slice):
        return ":".join("" if part is None else str(part) for part in (index.start, index.stop, index.step))
    return python(index.tree if isinstance(index, Symbol) else index)
