"""Students' slips in one expression: for a node of the syntax tree, the expressions that could stand there instead.

Each slip is a function (node, Scope) -> texts of expressions.  What is no slip of a node gives nothing.
"""

import ast
from dataclasses import dataclass

LOOKALIKES = (
    ("torch.sigmoid", "torch.tanh", "torch.relu"),
    ("torch.zeros", "torch.ones", "torch.randn"),
    ("nn.Tanh", "nn.Sigmoid", "nn.ReLU", "nn.Identity"),
)
EXTRA_KEYWORDS = {"nn.Linear": "bias=False", "torch.zeros": "requires_grad=True"}
OPERATORS = "+-*/@"
TURNED = (ast.Sub, ast.Div, ast.MatMult)  # what is not the same with its two sides exchanged


@dataclass(frozen=True)
class Scope:
    """What can be named where a node stands.

    names       parameters and local names of its method
    attributes  what the methods of its class set on `self`
    method      the method's name
    asked       ids of the nodes that are only asked for an attribute, as x in x.size(0)
    """

    names: tuple = ()
    attributes: tuple = ()
    method: str = ""
    asked: frozenset = frozenset()


def another_name(node, scope):
    """z_t for r_t."""
    if isinstance(node, ast.Name) and node.id in scope.names:
        yield from (name for name in scope.names if name != node.id)


def another_attribute(node, scope):
    """self.U_z for self.U_r."""
    if is_of_self(node) and node.attr in scope.attributes:
        yield from (f"self.{name}" for name in scope.attributes if name != node.attr)


def another_function(node, scope):
    """torch.tanh for torch.sigmoid."""
    text = ast.unparse(node)
    for kind in LOOKALIKES:
        if text in kind:
            yield from (name for name in kind if name != text)


def another_operator(node, scope):
    """- for +."""
    if isinstance(node, ast.BinOp):
        left, right = ast.unparse(node.left), ast.unparse(node.right)
        yield from (f"({left}) {operator} ({right})" for operator in OPERATORS)


def dropped_term(node, scope):
    """W x for W x + U h."""
    if isinstance(node, ast.BinOp):
        yield from map(ast.unparse, (node.left, node.right))


def exchanged_sides(node, scope):
    """z_t - 1 for 1 - z_t."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, TURNED):
        yield ast.unparse(ast.BinOp(node.right, node.op, node.left))


def another_constant(node, scope):
    """0 for 1."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield from (str(value) for value in (-1, 0, 1, 2) if value != node.value)


def another_index(node, scope):
    """[:, -1] for [:, t]: other axes, other steps."""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple):
        array, parts = ast.unparse(node.value), [ast.unparse(part) for part in node.slice.elts]
        yield array
        yield from (f"{array}[{part}]" for part in parts if part != ":")
        yield from (f"{array}[{', '.join(other)}]" for other in other_parts(parts))


def other_parts(parts):
    """An index's parts with another one in one place, or two neighbours exchanged."""
    for place, part in enumerate(parts):
        ends = ("0", "-1")
        steps = (f"{part} - 1", f"{part} + 1", f"-{part}", f":{part} + 1", ":") if part != ":" else ()
        yield from ([*parts[:place], other, *parts[place + 1 :]] for other in ends + steps)
        if place:
            yield [*parts[: place - 1], part, parts[place - 1], *parts[place + 1 :]]


def another_range(node, scope):
    """range(1, n) for range(n): too few steps, too many, backwards."""
    if is_call_of(node, "range") and len(node.args) == 1:
        end = ast.unparse(node.args[0])
        yield from (f"range({bounds})" for bounds in (f"1, {end}", f"{end} - 1", f"{end} + 1", f"1, {end} + 1"))
        yield from (f"range({end} - 1, -1, -1)", f"reversed(range({end}))", f"range(0, {end}, 2)", end)


def dropped_call(node, scope):
    """x for tanh(x)."""
    if isinstance(node, ast.Call) and len(node.args) == 1:
        yield ast.unparse(node.args[0])


def dropped_argument(node, scope):
    """zeros(n) for zeros(n, m)."""
    if isinstance(node, ast.Call):
        function, given = ast.unparse(node.func), arguments(node)
        yield from (call(function, [*given[:place], *given[place + 1 :]]) for place in range(len(given)))


def exchanged_arguments(node, scope):
    """cell(h, x) for cell(x, h)."""
    if isinstance(node, ast.Call) and len(node.args) > 1:
        function, given = ast.unparse(node.func), arguments(node)
        for place in range(len(node.args) - 1):
            yield call(function, [*given[:place], given[place + 1], given[place], *given[place + 2 :]])


def added_keyword(node, scope):
    """nn.Linear(n, m, bias=False)."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) in EXTRA_KEYWORDS:
        function = ast.unparse(node.func)
        yield call(function, [*arguments(node), EXTRA_KEYWORDS[function]])


def scaled(node, scope):
    """-h, 1 - h and 2 * h for h."""
    if is_value(node, scope):
        text = ast.unparse(node)
        yield from (f"-{text}", f"(1 - {text})", f"(2 * {text})")


def cut(node, scope):
    """h.detach() for h."""
    if is_value(node, scope):
        yield f"{ast.unparse(node)}.detach()"


def squashed_again(node, scope):
    """tanh(W x) for W x."""
    if isinstance(node, ast.Call) and is_value(node, scope):
        yield from (f"torch.{name}({ast.unparse(node)})" for name in ("tanh", "sigmoid"))


SLIPS = (
    another_name,
    another_attribute,
    another_function,
    another_operator,
    dropped_term,
    exchanged_sides,
    another_constant,
    another_index,
    another_range,
    dropped_call,
    dropped_argument,
    exchanged_arguments,
    added_keyword,
    scaled,
    cut,
    squashed_again,
)


def is_of_self(node):
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"


def is_call_of(node, name):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


def is_value(node, scope):
    """Whether a node is a value that `forward` computes with."""
    if scope.method != "forward" or id(node) in scope.asked:
        return False
    is_name = isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in scope.names
    return is_name or isinstance(node, ast.Call | ast.Subscript)


def arguments(node):
    """The texts of a call's arguments."""
    return [*map(ast.unparse, node.args), *(f"{word.arg}={ast.unparse(word.value)}" for word in node.keywords)]


def call(function, given):
    return f"{function}({', '.join(given)})"
