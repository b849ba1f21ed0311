"""What can be read off a file of ready-made recurrent layers on the path that is marked, and of ways to hide them.

Calls are watched for where student code runs, too; code that is written for it can blind that watch, but only by means
that no recurrent network needs.  They are looked for here, where nothing of the student's has run.
"""

import ast

LIBRARY_NAMES = {"RNN", "GRU", "LSTM", "RNNCell", "GRUCell", "LSTMCell", "RNNBase", "gru", "gru_cell", "rnn_tanh",
                 "rnn_relu", "rnn_tanh_cell", "rnn_relu_cell", "lstm", "lstm_cell", "_VF"}  # fmt: skip
# Ways to reach something whose name is not in the file, or to run what is not in it as Python.
ROUNDABOUT_CALLS = {"eval", "exec", "compile", "__import__", "vars", "globals", "locals"}
ROUNDABOUT_NAMES = {
    "_C", "ops", "CompilationUnit", "trace", "Library", "import_module", "resolve_name", "attrgetter", "methodcaller",
    "__dict__", "__builtins__", "__getattribute__", "loads",
}  # fmt: skip
# Ways to what runs around student code, the watch over calls among it.  No use of them in a module is honest, wherever
# it stands.  The notebook that we hand out has some; a notebook's statements that have any are not run.
BLINDING_NAMES = {
    "_getframe", "currentframe", "f_back", "f_globals", "f_locals", "tb_frame", "gi_frame", "__globals__", "__code__",
    "__subclasses__", "_pop_mode", "_push_mode", "TorchFunctionMode", "get_objects", "get_referrers", "get_referents",
}  # fmt: skip
DEFINITIONS = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
TEXT_LENGTH = 40  # characters of a student's expression that travel


def library_uses(tree, class_name, is_notebook=False):
    """[[line, name]] of torch's own recurrent layers in a class, or in what it uses by name in this file.

    A way around a name, such as `getattr(torch, a + b)`, is told as it is written.  So are ways to what runs around
    student code: all of a module, which is run whole; of a notebook those that the class stands on, which is not run.
    """
    statements = statements_by_name(tree)
    imported = {a.asname or a.name: a.name for n in ast.walk(tree) if is_from_torch(n) for a in n.names}
    if "*" in imported:
        imported |= {name: name for name in LIBRARY_NAMES}
    found = set() if is_notebook else set(blinding_uses(tree))
    waiting, seen = [class_name], set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for statement in statements.get(name, ()):
            waiting += names_from_outside(statement)
            uses = ((node, use_in(node, imported, statements)) for node in ast.walk(statement))
            found |= {(node.lineno, told) for node, told in uses if told} | set(blinding_uses(statement))
    return [list(use) for use in sorted(found)]


def blinding_uses(tree):
    """(line, name) of every way to what runs around student code, wherever in a file or a statement it stands."""
    for node in ast.walk(tree):
        names = [node.attr] if isinstance(node, ast.Attribute) else [node.id] if isinstance(node, ast.Name) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.ImportFrom) else []
        yield from ((node.lineno, name) for name in names if name in BLINDING_NAMES)


def names_from_outside(statement):
    """The names that a statement reads and, where it defines something, does not set in itself."""
    names = [node for node in ast.walk(statement) if isinstance(node, ast.Name)]
    own = {node.arg for node in ast.walk(statement) if isinstance(node, ast.arg)}
    if isinstance(statement, DEFINITIONS):
        own |= {node.id for node in names if isinstance(node.ctx, ast.Store)}
    return {node.id for node in names} - own


def use_in(node, imported, own):
    """The ready-made layer that a node names, or the way around a name that it is; None for all else."""
    if isinstance(node, ast.Attribute) and not is_of_self(node.value):
        return node.attr if node.attr in LIBRARY_NAMES | ROUNDABOUT_NAMES else None
    if isinstance(node, ast.Name) and node.id not in own:
        name = imported.get(node.id, node.id)
        return name if name in ROUNDABOUT_NAMES or (node.id in imported and name in LIBRARY_NAMES) else None
    if isinstance(node, ast.MatchClass):
        return next((name for name in node.kwd_attrs if name in LIBRARY_NAMES | ROUNDABOUT_NAMES), None)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        is_put_together = node.func.id == "getattr" and len(node.args) > 1 and not is_plain_getattr(node)
        if is_put_together or node.func.id in ROUNDABOUT_CALLS - set(own):
            return written(node)
    return None


def written(call):
    """The start of a call as Python text; of one that is nested too deeply to be written, what it calls."""
    try:
        return ast.unparse(call)[:TEXT_LENGTH]
    except RecursionError:
        return f"{call.func.id}(...)"


def is_plain_getattr(call):
    """Whether a `getattr` takes a part of the student's own object, or says plainly what it takes.

    What a variable names, as in `getattr(torch, activation)`, is seen where it is called.
    """
    holder, name = call.args[:2]
    return (
        is_of_self(holder)
        or isinstance(name, ast.Name)
        or (isinstance(name, ast.Constant) and name.value not in LIBRARY_NAMES | ROUNDABOUT_NAMES)
    )


def is_of_self(node):
    """Whether an expression is `self`, or a part of it: the student's own, whatever it is called."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) and node.id == "self"


def statements_by_name(tree):
    """name -> the statements of a file's top that define it, set it, or set a part of it."""
    found = {}
    for statement in tree.body:
        for name in names_set(statement):
            found.setdefault(name, []).append(statement)
    return found


def names_set(statement):
    """The names that a statement at the top of a file gives a value, or a part of one."""
    if isinstance(statement, DEFINITIONS):
        return {statement.name}
    nodes = list(ast.walk(statement))
    targets = [node for node in nodes if isinstance(getattr(node, "ctx", None), ast.Store)]
    matched = {node.name for node in nodes if isinstance(node, ast.MatchAs | ast.MatchStar) and node.name}
    return matched | {name for target in targets if (name := name_at_the_root(target))}


def name_at_the_root(target):
    """The name that an assignment's target hangs on: `VanillaRNN` of `VanillaRNN.forward`."""
    while isinstance(target, ast.Attribute | ast.Subscript | ast.Starred):
        target = target.value
    return target.id if isinstance(target, ast.Name) else None


def is_from_torch(node):
    """Whether a statement is `from torch... import ...`: what comes from elsewhere may be the student's own."""
    return isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "torch"
