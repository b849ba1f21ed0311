"""How a student's function reads once its names are left out: two that are alike have one outline.

Nothing of the file is run; see `reading`.
"""

import ast
import copy
import hashlib

DIGITS = 16  # of an outline in hexadecimal
TEXT_LIMIT = 2000  # characters of a function that travel


def outlines(module, arrays, facts):
    """For each target `Class.method:name`: the outline of its method, and how it reads; nothing for one not there."""
    return {}, {"outlines": {target: outline_of(module.tree, target) for target in facts["targets"]}}


def outline_of(tree, target):
    """{"outline": digest, "text": source}, both "" where the method, or else the class, is not there."""
    node = tree
    for part in target.partition(":")[0].split("."):
        node = next((n for n in reversed(node.body) if getattr(n, "name", None) == part), None)
        if node is None:
            return {"outline": "", "text": ""}
    outline = hashlib.sha256(normalised(copy.deepcopy(node)).encode(errors="replace")).hexdigest()
    return {"outline": outline[:DIGITS], "text": ast.unparse(node)[:TEXT_LIMIT]}


def normalised(node):
    """The tree of a function as a text: own names numbered in their order, without docstrings and annotations.

    What is looked up on an object (`self.W_z`, `torch.tanh`) keeps its name: which layer stands where is no style.
    """
    for part in list(ast.walk(node)):
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            part.body = without_docstring(part.body)
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
            part.returns = None
        if isinstance(part, ast.arg):
            part.annotation = None
    names = {}
    for part in ast.walk(node):
        if isinstance(part, ast.arg):
            part.arg = names.setdefault(part.arg, f"name{len(names)}")
        if isinstance(part, ast.Name):
            part.id = names.setdefault(part.id, f"name{len(names)}")
    return ast.dump(node)


def without_docstring(body):
    first = body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return body[1:] if is_docstring and isinstance(first.value.value, str) else body
