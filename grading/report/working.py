"""One entry of the marker's test, worked out by hand: as a number, and as lines of Python that anyone can run.

The lines come from running the formula on symbols (see `grading.mark.symbols`), so that what is printed can't differ
from what the marker computes.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from grading.mark.case import Case
from grading.mark.symbols import Symbol

BINARY = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/"}
HELPERS = {
    "sigmoid": "lambda a: 1 / (1 + np.exp(-a))",
    "softmax": "lambda a: np.exp(a - a.max()) / np.exp(a - a.max()).sum()",
}
EACH = "each"  # what a loop calls the value whose turn it is


@dataclass(frozen=True)
class Assignment:
    """A line of Python that gives names their values; with `over`, a loop in which `each` is one after another."""

    names: tuple
    texts: tuple
    over: tuple = ()

    def __str__(self):
        said = f"{', '.join(self.names)} = {', '.join(self.texts)}"
        return f"for {EACH} in ({', '.join(self.over)}): {said}" if self.over else said

    def alone(self):
        """A loop over one value as the line that it is."""
        return replace(self, texts=tuple(put(EACH, self.over[0], text) for text in self.texts), over=())

    def may_take(self, other):
        """Whether the next line can stand in this one, as it needs nothing of it."""
        return not (self.over or other.over or any(is_named(name, text) for name in self.names for text in other.texts))

    def with_(self, other):
        return Assignment(self.names + other.names, self.texts + other.texts)


def joined(assignments, most):
    """Lines of Python, `most` if it can be: the shortest neighbours stand in one line where neither needs the other."""
    lines = list(assignments)
    while len(lines) > most:
        pairs = [place for place in range(len(lines) - 1) if lines[place].may_take(lines[place + 1])]
        if not pairs:
            break
        place = min(pairs, key=lambda place: len(f"{lines[place]}{lines[place + 1]}"))
        lines[place : place + 2] = [lines[place].with_(lines[place + 1])]
    return [str(line) for line in lines]


@dataclass(frozen=True)
class WrongWay:
    """A known mistake, as it is computed beside a Working.

    formula   in the last line's place
    lines     (name, formula): computed after the working's own, before it
    """

    id: str
    formula: Callable
    lines: tuple = ()


@dataclass(frozen=True)
class Working:
    """How one entry of a result is computed.

    values   name -> vector or number: what is given
    layers   name -> (weight, bias or None); one row of each is enough where a formula's other units are not read
    lines    (name, formula): computed in order, each from what stands before it; the last one is the result
    unit     which entry of the last line is meant, where that is a vector
    part     the part of the catalogue whose wrong formulas can stand in the last line's place, or ""
    stacked  layer -> the names of the layers that it holds below each other, and that a text calls by these names
    wrong    each WrongWay besides
    """

    values: dict
    layers: dict
    lines: tuple
    unit: int = 0
    part: str = ""
    stacked: dict = field(default_factory=dict)
    wrong: tuple = ()

    def ways(self, catalogue, identifier):
        """Each WrongWay of a mistake's id that may be meant."""
        entries = [WrongWay(entry.id, entry.formula) for entry in catalogue.of(self.part)]
        return [way for way in (*entries, *self.wrong) if way.id == identifier]

    def result(self, way=None, digits=None):
        """The number, or that of a WrongWay, from values rounded to so many digits.

        Raises IndexError, ValueError or AttributeError for a formula that can't be computed from this.
        """
        return float(self.entry(self.found(way, digits)))

    def found(self, way=None, digits=None):
        """The array of which `result` is an entry."""
        case = Case(self.rounded(self.values, digits), self.rounded(self.layers, digits))
        for name, own in (*self.lines[:-1], *(way.lines if way else ())):
            case = case.replace(**{name: own(case)})
        return np.asarray((way.formula if way else self.lines[-1][1])(case))

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
        """(Assignments of what is given, the expression of the result, that of a WrongWay or None)."""
        *before, (_, last) = self.lines
        steps = [(name, self.text_of(formula)) for name, formula in (*before, *(wrong.lines if wrong else ()))]
        ends = [self.ending(self.text_of(last))]
        ends += [self.ending(self.text_of(wrong.formula), wrong)] if wrong else []
        text = "\n".join([*(said for _, said in steps), *ends])
        given = [(name, literal(value, digits)) for name, value in self.values.items() if is_named(name, text)]
        layers = [(name, applied(*one, digits)) for name, one in self.layers_by_name() if is_named(name, text)]
        helpers = [(name, said) for name, said in HELPERS.items() if f"{name}(" in text]
        assignments = [Assignment((name,), (said,)) for name, said in helpers + given + layers]
        return [*assignments, *self.in_loops(steps)], *ends, *([] if wrong else [None])

    def in_loops(self, steps):
        """Steps (name, text) as Assignments, those that differ in a given value alone as one loop over the values."""
        found = []
        for name, said in steps:
            own = [value for value in self.values if value != name and is_named(value, said)]
            over = own[0] if len(own) == 1 else ""
            step = Assignment((name,), (put(over, EACH, said) if over else said,), (over,) if over else ())
            before = found[-1] if found else None
            if before and over and (before.names, before.texts) == (step.names, step.texts):
                found[-1] = replace(before, over=(*before.over, over))
            else:
                found.append(step)
        return [one if len(one.over) != 1 else one.alone() for one in found]

    def layers_by_name(self):
        """(name, (weight, bias or None)) of every layer, each of those in a stack by itself."""
        for stack, (weight, bias) in self.layers.items():
            names = self.stacked.get(stack, (stack,))
            biases = [None] * len(names) if bias is None else np.split(bias, len(names))
            yield from zip(names, zip(np.split(weight, len(names)), biases, strict=True), strict=True)

    def ending(self, text, way=None):
        """The expression, and which entry of it is meant, where it is a vector."""
        found = self.found(way)
        return f"({text})[{self.unit}]" if found.ndim and len(found) > 1 else text


def is_named(name, text):
    """Whether a name stands in a Python text as a word."""
    return name in "".join(c if c.isalnum() or c == "_" else " " for c in text).split()


def put(name, other, text):
    """A Python text with another name in the place of one."""
    return re.sub(rf"\b{name}\b", other, text)


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
        case str(helper), operand if helper in HELPERS:
            return f"{helper}({python(operand)})"
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
