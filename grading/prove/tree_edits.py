"""Random edits of a syntax tree: what a slip, a guess or a language model makes of a right module, and worse.

An edit takes (tree, donor tree, random.Random), changes the tree in its place and returns whether it found a place.
"""

import ast
import copy
from dataclasses import dataclass

CONSTANTS = (0, 1, -1, 2, 3, 7, 0.5, 1e30, -0.0, 10**20, True, None, "", "text", b"bytes", ..., 1j)
OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.MatMult, ast.Pow, ast.Mod, ast.FloorDiv, ast.BitAnd, ast.LShift)
WRAPPERS = (
    "torch.tanh({})", "torch.sigmoid({})", "torch.relu({})", "torch.zeros_like({})", "torch.randn_like({})",
    "torch.softmax({}, dim=1)", "torch.softmax({}, dim=0)", "torch.cat([{0}, {0}], dim=1)", "torch.stack([{}])",
    "torch.tensor({})", "torch.no_grad()({})", "nn.Parameter({})", "nn.Dropout(0.5)({})", "{}.detach()", "{}.data",
    "{}.T", "{}.t()", "{}.sum()", "{}.mean(dim=0)", "{}.squeeze()", "{}.unsqueeze(0)", "{}.view(-1)", "{}.item()",
    "{}.numpy()", "{}.long()", "{}.double()", "{}.half()", "{}.clone()", "{}.expand(4, -1)", "{}.requires_grad_()",
    "{}.backward()", "{}[0]", "{}[-1]", "{}[:, 0]", "{}[:, :1]", "{}[None]", "{}[::-1]", "{}.shape", "{}()",
    "{}.size(0)", "-{}", "not {}", "~{}", "1 - {}", "{0} + {0}", "{0} if {0} else 0", "{} is None", "[{}]", "({},)",
    "{{'h': {}}}", "[{} for _ in range(3)]", "({} for _ in range(3))", "lambda *_: {}", "len({})", "str({})",
    "list({})", "iter({})", "float({})", "int({})", "range({})", "repr({})", "type({})", "print({})",
    "super().forward({})", "self.forward({})", "self({})", "(h_t := {})", "eval('{{}}')", "getattr({}, 'weight')",
    "torch.nan_to_num({}) / 0", "{} * float('nan')",
)  # fmt: skip
AROUND = (
    "if True:\n    ...", "if x is None:\n    ...", "for _ in range(2):\n    ...", "for t in x:\n    ...",
    "with torch.no_grad():\n    ...", "try:\n    ...\nexcept Exception:\n    pass",
    "try:\n    ...\nfinally:\n    h = 0", "def inner():\n    ...", "class Inner:\n    ...",
    "while len(x) > 99:\n    ...", "async def later():\n    ...",
)  # fmt: skip
LINES = (
    "return", "return x", "return None", "raise ValueError('{x}')", "raise SystemExit", "raise KeyError", "break",
    "continue", "yield x", "pass", "import os", "import nothing_like_this", "del x", "del self", "global h_t",
    "nonlocal h", "print(x)", "x = None", "h = None", "self = None", "h_t = 0", "x = x.float()", "assert False",
    "torch = None", "nn.Linear = None", "torch.manual_seed(0)", "self.h = x", "self.training = 'yes'", "input()",
    "while True: pass", "from torch import *", "exit()", "__name__ = 3", "super().__init__()", "self.hidden_size = 1",
    "x.requires_grad = True", "torch.set_default_dtype(torch.float64)", "torch.sigmoid = torch.tanh", "return ...",
)  # fmt: skip


@dataclass(frozen=True)
class Slot:
    """Where a node stands: a field of its parent, or a place in a list there."""

    parent: ast.AST
    field: str
    position: int | None = None

    @property
    def node(self):
        held = getattr(self.parent, self.field)
        return held if self.position is None else held[self.position]

    def put(self, node):
        if self.position is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.position] = node


def slots(tree, kind):
    """Every Slot that holds a node of a kind."""
    for parent in ast.walk(tree):
        for field, held in ast.iter_fields(parent):
            if isinstance(held, kind):
                yield Slot(parent, field)
            elif isinstance(held, list):
                yield from (Slot(parent, field, i) for i, node in enumerate(held) if isinstance(node, kind))


def values(tree):
    """The Slots of expressions that are read."""
    return [slot for slot in slots(tree, ast.expr) if isinstance(getattr(slot.node, "ctx", ast.Load()), ast.Load)]


def statements(tree):
    return list(slots(tree, ast.stmt))


def expression(text):
    return ast.parse(text, mode="eval").body


def names(tree):
    """Every name in a tree: of variables, attributes, parameters, functions and classes."""
    found = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    found |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return sorted(found | {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)})


def delete_statement(tree, donor, random):
    slot = random.choice(statements(tree))
    body = getattr(slot.parent, slot.field)
    body[slot.position : slot.position + 1] = [ast.Pass()] if len(body) == 1 else []


def duplicate_statement(tree, donor, random):
    slot = random.choice(statements(tree))
    getattr(slot.parent, slot.field).insert(slot.position, copy.deepcopy(slot.node))


def swap_statements(tree, donor, random):
    first, second = random.choice(statements(tree)), random.choice(statements(tree))
    swap(first, second)


def swap_neighbours(tree, donor, random):
    first = random.choice(statements(tree))
    body = getattr(first.parent, first.field)
    swap(first, Slot(first.parent, first.field, (first.position + 1) % len(body)))


def move_statement(tree, donor, random):
    moved, place = copy.deepcopy(random.choice(statements(tree)).node), random.choice(statements(tree))
    getattr(place.parent, place.field).insert(place.position, moved)
    delete_statement(tree, donor, random)


def wrap_statement(tree, donor, random):
    slot = random.choice(statements(tree))
    around = ast.parse(random.choice(AROUND)).body[0]
    around.body = [slot.node]
    slot.put(around)


def insert_line(tree, donor, random):
    place = random.choice(statements(tree))
    getattr(place.parent, place.field)[place.position : place.position] = ast.parse(random.choice(LINES)).body


def take_statement(tree, donor, random):
    random.choice(statements(tree)).put(copy.deepcopy(random.choice(statements(donor)).node))


def swap_values(tree, donor, random):
    swap(random.choice(values(tree)), random.choice(values(tree)))


def swap_operands(tree, donor, random):
    node = random.choice([node for node in ast.walk(tree) if isinstance(node, ast.BinOp)])
    node.left, node.right = node.right, node.left


def take_value(tree, donor, random):
    random.choice(values(tree)).put(copy.deepcopy(random.choice(values(donor)).node))


def wrap_value(tree, donor, random):
    slot = random.choice(values(tree))
    slot.put(expression(random.choice(WRAPPERS).format(f"({ast.unparse(slot.node)})")))


def unwrap_value(tree, donor, random):
    slot = random.choice(values(tree))
    slot.put(random.choice([node for node in ast.walk(slot.node) if isinstance(node, ast.expr)]))


def replace_constant(tree, donor, random):
    random.choice(values(tree)).put(ast.Constant(random.choice(CONSTANTS)))


def empty_value(tree, donor, random):
    random.choice(values(tree)).put(ast.Constant(...))


def change_number(tree, donor, random):
    numbers = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, int)]
    random.choice(numbers).value = random.choice(CONSTANTS)


def replace_operator(tree, donor, random):
    random.choice([n for n in ast.walk(tree) if isinstance(n, ast.BinOp)]).op = random.choice(OPERATORS)()


def rename_one(tree, donor, random):
    node = random.choice([node for node in ast.walk(tree) if isinstance(node, ast.Name)])
    node.id = random.choice(names(tree))


def rename_attribute(tree, donor, random):
    node = random.choice([node for node in ast.walk(tree) if isinstance(node, ast.Attribute)])
    node.attr = random.choice(names(tree) + names(donor))


def rename_everywhere(tree, donor, random):
    """One variable, parameter or attribute by another name throughout, which may be taken already."""
    old, new = random.choice(names(tree)), random.choice([*names(tree), "h", "state", "이름", "__class__"])
    for node in ast.walk(tree):
        for field in ("id", "attr", "arg"):
            if getattr(node, field, None) == old:
                setattr(node, field, new)


def rename_definition(tree, donor, random):
    definitions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.ClassDef)]
    random.choice(definitions).name = random.choice([*(n.name for n in definitions), "helper", "__call__", "__new__"])


def change_bases(tree, donor, random):
    kind = random.choice([node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)])
    kind.bases = [expression(base) for base in random.choice((["object"], [], ["nn.Linear"], ["int"], ["nn.GRU"]))]


def change_arguments(tree, donor, random):
    call = random.choice([node for node in ast.walk(tree) if isinstance(node, ast.Call)])
    call.args = random.sample(call.args, random.randrange(len(call.args) + 1)) + call.args[:1] * random.randrange(3)


def change_parameters(tree, donor, random):
    function = random.choice([node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)])
    parameters = function.args.args
    function.args.args = random.sample(parameters, random.randrange(len(parameters) + 1))


def decorate(tree, donor, random):
    marks = ("staticmethod", "classmethod", "property", "torch.no_grad()", "torch.jit.script", "nothing", "...")
    definition = random.choice([n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.ClassDef)])
    definition.decorator_list.append(expression(random.choice(marks)))


def swap(first, second):
    first_node, second_node = copy.deepcopy(first.node), copy.deepcopy(second.node)
    first.put(second_node)
    second.put(first_node)


TREE_EDITS = (
    delete_statement, duplicate_statement, swap_statements, swap_neighbours, move_statement, wrap_statement,
    insert_line, take_statement, swap_values, swap_operands, take_value, wrap_value, unwrap_value, replace_constant,
    empty_value, change_number, replace_operator, rename_one, rename_attribute, rename_everywhere, rename_definition,
    change_bases, change_arguments, change_parameters, decorate,
)  # fmt: skip
