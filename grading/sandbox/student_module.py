"""A student's file as a module: run whole if it runs, else its definitions alone."""

import ast
import json
import linecache
import types

import torch

DEFINITIONS = ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign
LIBRARIES = {"torch", "nn", "F", "np", "numpy", "math"}


class Unreadable(ValueError):
    """The file is not Python: where it stops making sense."""

    def __init__(self, reason, line=None):
        super().__init__(reason)
        self.line = line


def load_module(name, content, how):
    """The module that `content` (bytes of a .py or .ipynb file) defines.  Raises Unreadable, or what it raises.

    how   "whole": run it; "definitions": run imports, functions, classes and assignments, each for itself, and
          nothing else; "parse": run nothing
    """
    text = python_text(content)
    tree = parse(text)
    linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
    module = types.ModuleType(name.partition(".")[0])
    module.__file__ = name
    module.__tree__ = tree
    if how == "definitions":
        run_definitions(tree, module, name)
    elif how == "whole":
        exec(compile(tree, name, "exec"), module.__dict__)
    return module


def calls_own_code(statement):
    """Whether an assignment calls anything but a library: training, perhaps, which would never end."""
    if not isinstance(statement, ast.Assign | ast.AnnAssign):
        return False
    calls = [node.func for node in ast.walk(statement) if isinstance(node, ast.Call)]
    return any(ast.unparse(function).partition(".")[0] not in LIBRARIES for function in calls)


def parse(text):
    """The syntax tree of a text.  Raises Unreadable."""
    try:
        return ast.parse(text)
    except SyntaxError as reason:
        raise Unreadable(reason.msg, reason.lineno) from None
    except (ValueError, RecursionError, MemoryError) as reason:
        raise Unreadable(str(reason) or type(reason).__name__) from None


def run_definitions(tree, module, name):
    """Run each definition for itself; one that fails is left out."""
    module.__dict__.update(torch=torch, nn=torch.nn, F=torch.nn.functional)
    for statement in tree.body:
        if isinstance(statement, DEFINITIONS) and not calls_own_code(statement):
            try:
                exec(compile(ast.Module([statement], []), name, "exec"), module.__dict__)
            except BaseException:  # what does not run here may not be needed; sys.exit() included
                continue


def python_text(content):
    """The text of a file: UTF-8 (a byte-order mark forgiven) or Latin-1; of a notebook, its code cells."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    if not text.lstrip().startswith("{"):
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        plain = without_commands(text)  # of a Colab export with !wget in it
        return plain if parses(plain) and not parses(text) else text
    try:
        cells = json.loads(text)["cells"]
        sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (ValueError, KeyError, TypeError, RecursionError) as reason:
        raise Unreadable(f"neither Python nor a notebook ({type(reason).__name__})") from None
    return "\n\n".join(without_commands(source) for source in sources if parses(without_commands(source))) + "\n"


def without_commands(source):
    """A cell without the lines that only IPython understands, kept as empty lines."""
    return "\n".join("" if line.lstrip().startswith(("!", "%", "?")) else line for line in source.splitlines())


def parses(source):
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return False
    return True
