"""Try what was written for one blank alone: run the lines that it needs, with given values for the rest.

A backward slice of one function: from the statement that sets `target`, only those statements are kept on
which it depends, except where a value is given.  So `h_tilde` can be tried with a known `r_t`, however wrong
the student's own `r_t` is.  Runs beside student code only: in the sandbox, or in the student's own notebook.
"""

import ast
import inspect
import re
import textwrap

RETURNED = "<returned>"  # the name under which a returned value is found
FILLS = re.compile(r"(?:new_)?(?:zeros|ones|full|empty|randn?)(?:_like)?|zero_")  # what makes a tensor of nothing
MOVES = {"to", "cuda", "cpu", "float", "double", "type_as", "requires_grad_"}  # what leaves a tensor's numbers alone


class NoSuchStatement(LookupError):
    """The function sets no such name, so the blank can't be tried alone."""


class NotFilledIn(ValueError):
    """The statement still has its `...`."""


def run_statement(function, target, arguments, given, may_be_returned=False):
    """The value that `function` gives to `target`.

    function   a function or method whose source can be read
    target     a local name
    arguments  what the function is called with: name -> value, `self` included
    given      values that stand in for what the function computes itself: name -> value
    may_be_returned   where the function never sets `target`, the returned value counts as it

    Raises NoSuchStatement, NotFilledIn, or whatever the student's lines raise.
    """
    node = function_node(function)
    if not may_be_returned and last_statement(node, target) is None:
        raise NoSuchStatement(target)
    lines = slice_for(node, target, set(given))
    if any(holds_blank(line) for line in lines):
        raise NotFilledIn(target)
    if any(assigned_names(line) & (set(given) - {target}) for line in lines):
        raise NoSuchStatement(target)  # a line that is needed sets a given value anew, too
    found = target if target in assigned_names(lines[-1]) else RETURNED
    names = {**arguments, **given}
    try:
        return function_of(lines, found, list(names), inspect.unwrap(function).__globals__)(**names)
    except NameError as reason:
        if reason.name in parameters_of(node) | assigned_names(node):  # the function has it, these lines do not
            raise NoSuchStatement(target) from None
        raise


def is_block(line):
    """Whether a statement holds others, such as a loop."""
    return isinstance(line, ast.For | ast.While | ast.If | ast.With | ast.Try | ast.TryStar | ast.Match)


def can_accuse(function, target, reads):
    """Whether a wrong value of these lines is the doing of this blank: they read the given values, or none at all.

    It is not where the function has other names for them (`z` for `z_t`), sets a given one anew
    (`h_prev = r_t * h_prev`), or changes something in place (`z_t.sigmoid_()`).
    """
    node = function_node(function)
    lines = slice_for(node, target, set(reads))
    own, parameters = assigned_names(node), parameters_of(node)
    read = {name for line in lines for name in read_names(line)}
    renamed = [name for name in reads if name not in read | own | parameters]
    changed = [name for name in reads if name in own & parameters and name != target]
    return not (renamed or changed or any(is_in_place(line) for line in ast.walk(node)))


def parameters_of(node):
    return {argument.arg for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)}


def is_in_place(line):
    """A statement like `z_t.sigmoid_()`, which changes a value without setting a name."""
    call = line.value if isinstance(line, ast.Expr) else None
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr.endswith("_")


def function_of(lines, result, parameters, names):
    """A function made of `lines` that returns the local name `result`, so that a lambda in them sees the others."""
    arguments = ast.arguments([], [ast.arg(name) for name in parameters], None, [], [], None, [])
    body = [*lines, ast.Return(ast.Name(result, ast.Load()))]
    header = ast.parse("def the_lines(): pass").body[0]
    header.args, header.body = arguments, body
    module = ast.fix_missing_locations(ast.Module([header], []))
    made = {}
    exec(compile(module, f"<the lines for {result}>", "exec"), names, made)
    return made["the_lines"]


def fed(function, target, values):
    """`function` with the last statement that sets `target` taking one of `values` after the other in its place.

    So a loop can be tried with known inputs, however wrong the student's own slice is.  Raises NoSuchStatement.
    """
    node = function_node(function)
    statement = last_statement(node, target)
    if not isinstance(statement, ast.Assign):
        raise NoSuchStatement(target)
    statement.value = ast.parse("next(the_fed_values)", mode="eval").body
    node.decorator_list = []
    names = {**inspect.unwrap(function).__globals__, "the_fed_values": iter(values)}
    made = {}
    module = ast.fix_missing_locations(ast.Module([node], []))
    exec(compile(module, f"<{node.name} with given values for {target}>", "exec"), names, made)
    return made[node.name]


def function_node(function):
    """The syntax tree of one function, from its source."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    return tree.body[0]


def slice_for(node, target, given):
    """The statements of `node` that `target` depends on, in order; names in `given` need no statement."""
    before, block = straight_line(node, target)
    passed_over = restarts(node, target) if target in given else []
    needed, kept = {target}, []
    for position, line in reversed(list(enumerate([*before, *block]))):
        sets = assigned_names(line)
        inside = position >= len(before)
        # A given value replaces every statement that sets its name; the target's own, only those before its block.
        sets = sets - {name for name in given if name != target or not inside or line in passed_over}
        if kept and not sets & needed:
            continue
        kept.append(line)
        if isinstance(line, ast.Assign | ast.AnnAssign) and all(isinstance(t, ast.Name) for t in targets_of(line)):
            needed -= sets
        needed |= read_names(line)
    return kept[::-1]


def straight_line(node, target):
    """(statements before, statements of) the innermost block that sets `target` last, up to there."""
    passed_over = restarts(node, target)
    for block, before in reversed(list(blocks(node.body, []))):
        setting = (line for line in block if target in own_assigned_names(line) and line not in passed_over)
        positions = [block.index(line) for line in setting]
        if positions:
            return before, block[: positions[-1] + 1]
    last = node.body[-1]
    if target != RETURNED and isinstance(last, ast.Return) and last.value is not None:
        name = ast.Name(RETURNED, ast.Store())
        return [], [*node.body[:-1], ast.copy_location(ast.Assign([name], last.value), last)]
    raise NoSuchStatement(target)


def restarts(node, target):
    """The statements by which a loop throws away the state `target` that it carries: `h = torch.zeros_like(h)`.

    Whether a loop carries its state is its own question; what the state is made of is asked of the other statements.
    """
    found = []
    for loop in (line for line in ast.walk(node) if isinstance(line, ast.For | ast.While)):
        lines = [line for line in loop.body if not is_fill(line, target)]
        setting = next((line for line in lines if target in assigned_names(line)), None)
        if setting and any(target in read_names(line) for line in lines[: lines.index(setting) + 1]):
            found += [line for line in ast.walk(loop) if is_fill(line, target)]
    return found


def is_fill(line, target):
    """Whether a statement sets `target` to numbers that depend on nothing: zeros, or random ones, of some shape."""
    if not (isinstance(line, ast.Assign | ast.AnnAssign) and own_assigned_names(line) == {target}):
        return False
    value = line.value
    while called(value) in MOVES and isinstance(value.func, ast.Attribute):
        value = value.func.value
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Mult):
        return any(isinstance(side, ast.Constant) and side.value == 0 for side in (value.left, value.right))
    return bool(FILLS.fullmatch(called(value)))


def called(value):
    """The name of what an expression calls, without its owner's; "" where it is no such call."""
    function = getattr(value, "func", None)
    return getattr(function, "attr", getattr(function, "id", ""))


def blocks(body, before):
    """Every block of statements in `body`, outermost first, each with the statements that precede it."""
    yield body, before
    for index, line in enumerate(body):
        cases = [case.body for case in getattr(line, "cases", [])]
        for inner in (*cases, *(getattr(line, field, []) for field in ("body", "orelse", "finalbody"))):
            if inner and is_block(line):
                yield from blocks(inner, [*before, *body[:index]])


def own_assigned_names(line):
    """Names that a simple statement sets; a compound one sets none of its own."""
    return {name.id for target in targets_of(line) for name in ast.walk(target) if is_stored(name)}


def assigned_names(line):
    """Names that a statement sets anywhere within it."""
    if isinstance(line, ast.Assign | ast.AnnAssign | ast.AugAssign):
        return own_assigned_names(line)
    return {name.id for name in ast.walk(line) if is_stored(name)}


def targets_of(line):
    if isinstance(line, ast.Assign):
        return line.targets
    return [line.target] if isinstance(line, ast.AnnAssign | ast.AugAssign) else []


def is_stored(node):
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def read_names(line):
    """Names that a statement reads; `a += b` reads a, too."""
    names = {name.id for name in ast.walk(line) if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Load)}
    return names | own_assigned_names(line) if isinstance(line, ast.AugAssign) else names


def last_statement(node, name):
    """The last simple statement under `node` that sets `name`, or None."""
    passed_over = restarts(node, name)
    found = [line for line in ast.walk(node) if isinstance(line, ast.stmt) and name in own_assigned_names(line)]
    found = [line for line in found if line not in passed_over]
    return max(found, key=lambda line: line.lineno, default=None)


def blank_lines(tree):
    """The line of every `...` that stands alone: a value or an argument, not an index nor a whole statement."""
    found = []
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            if not is_ellipsis(child) or isinstance(node, ast.Subscript | ast.Tuple | ast.Expr):
                continue
            found.append(child.lineno)
    return sorted(set(found))


def holds_blank(line):
    """Whether a `...` stands alone somewhere in this statement."""
    return bool(blank_lines(line))


def is_ellipsis(node):
    return isinstance(node, ast.Constant) and node.value is Ellipsis
