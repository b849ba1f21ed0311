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
    "__dict__", "__builtins__", "__getattribute__", "loads", "getattr_static", "getmembers",
}  # fmt: skip
# Ways to what runs around student code, the watch over calls among it.  No use of them in a module is honest, wherever
# it stands.  The notebook that we hand out has some; a notebook's statements that have any are not run.
BLINDING_NAMES = {
    "_getframe", "currentframe", "f_back", "f_globals", "f_locals", "tb_frame", "gi_frame", "__globals__", "__code__",
    "__subclasses__", "_pop_mode", "_push_mode", "TorchFunctionMode", "get_objects", "get_referrers", "get_referents",
    "ctypes", "pythonapi", "settrace", "setprofile",
}  # fmt: skip
DEFINITIONS = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
HOLDERS = {"torch", "nn", "F", "torch.nn", "nn.functional", "torch.nn.functional"}  # whose calls are watched
TEXT_LENGTH = 40  # characters of a student's expression that travel


def library_uses(tree, class_name, is_notebook=False):
    """[[line, name]] of torch's own recurrent layers in a class, or in what it uses by name in this file.

    A way around a name, such as `getattr(torch, a + b)`, is told as it is written; in a module also where it can run
    when the file is imported, and a way to what runs around student code wherever it stands.  Of a notebook nothing is
    run but what its classes stand on (`stood_on`), so that nothing else of it is looked at.
    """
    statements = statements_by_name(tree)
    imported = {a.asname or a.name: a.name for n in ast.walk(tree) if is_from_torch(n) for a in n.names}
    if "*" in imported:
        imported |= {name: name for name in LIBRARY_NAMES}

    def uses(nodes):
        inner = ((node, use_in(node, imported, statements)) for outer in nodes for node in ast.walk(outer))
        return {(node.lineno, told) for node, told in inner if told}

    path = stood_on(statements, [class_name])
    found = uses(path) | {use for statement in path for use in blinding_uses(statement)}
    if not is_notebook:
        run = [node for statement in tree.body for node in run_by_import(statement)]
        run += stood_on(statements, [name for node in run for name in names_from_outside(node)])
        found |= {use for use in uses(run) if use[1] not in LIBRARY_NAMES} | set(blinding_uses(tree))
    return [list(use) for use in sorted(found)]


def stood_on(statements, names):
    """The statements at the margin that some names stand on: those that set them, what these use by name, and so on.

    statements   as `statements_by_name` gives them
    """
    found, waiting, seen = [], list(names), set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for statement in statements.get(name, ()):
            if statement not in found:
                found.append(statement)
                waiting += names_from_outside(statement)
    return found


def run_by_import(statement):
    """What of a statement is run when its file is imported: of a function what stands around its body."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        arguments = statement.args
        return [*statement.decorator_list, *arguments.defaults, *filter(None, arguments.kw_defaults)]
    if isinstance(statement, ast.ClassDef):
        around = [*statement.decorator_list, *statement.bases, *(keyword.value for keyword in statement.keywords)]
        return [*around, *(node for line in statement.body for node in run_by_import(line))]
    if isinstance(statement, ast.If) and ast.unparse(statement.test) == "__name__ == '__main__'":
        return statement.orelse
    return [statement]


def blinding_uses(tree):
    """(line, name) of every way to what runs around student code, wherever in a file or a statement it stands."""
    for node in ast.walk(tree):
        yield from ((node.lineno, name) for name in names_told(node) if name in BLINDING_NAMES)


def names_told(node):
    """The names that a node has in it, or says: an attribute's, an import's, a pattern's, or a text's."""
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name) | ast.Constant(value=str(name)):
            return [name]
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            return [part for alias in names for part in alias.name.split(".")]
        case ast.MatchClass(kwd_attrs=names):
            return names
    return []


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

    What a variable names, as in `getattr(torch, activation)`, is seen where it is called if it is torch's.
    """
    holder, name = call.args[:2]
    return (
        is_of_self(holder)
        or (isinstance(name, ast.Name) and ast.unparse(holder) in HOLDERS)
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
    """The names that a statement at the margin of a file gives a value, or a part of one, now or when it is called."""
    nodes = list(ast.walk(statement))
    targets = [node for node in nodes if isinstance(getattr(node, "ctx", None), ast.Store | ast.Del)]
    parts = [target for target in targets if not isinstance(target, ast.Name)]
    parts += [node.args[0] for node in nodes if isinstance(node, ast.Call) and sets_a_part(node)]
    roots = {name for part in parts if (name := name_at_the_root(part))}
    if isinstance(statement, DEFINITIONS):
        return {statement.name} | (roots & names_from_outside(statement))
    matched = {node.name for node in nodes if isinstance(node, ast.MatchAs | ast.MatchStar) and node.name}
    defined = {node.name for node in nodes if isinstance(node, DEFINITIONS)}
    return matched | defined | roots | {target.id for target in targets if isinstance(target, ast.Name)}


def sets_a_part(call):
    """Whether a call is `setattr(thing, ...)`, or `type.__setattr__(thing, ...)` and the like."""
    called = getattr(call.func, "id", getattr(call.func, "attr", ""))
    return bool(call.args) and called in {"setattr", "delattr", "__setattr__", "__delattr__"}


def name_at_the_root(target):
    """The name that an assignment's target hangs on: `VanillaRNN` of `VanillaRNN.forward`."""
    while isinstance(target, ast.Attribute | ast.Subscript | ast.Starred):
        target = target.value
    return target.id if isinstance(target, ast.Name) else None


def is_from_torch(node):
    """Whether a statement is `from torch... import ...`: what comes from elsewhere may be the student's own."""
    return isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "torch"
