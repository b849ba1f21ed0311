"""Which files of this repository a module stands on, those that it imports and those that these import; their digests.

Code counts as Python reads it, without comments and docstrings.
"""

import ast
from functools import cache
from hashlib import sha256
from importlib.util import resolve_name

from grading.room import REPOSITORY

DIGITS = 16  # of a digest in hexadecimal


@cache
def sources_behind(*names):
    """The paths of modules and of all that they import from this repository, found without running any; sorted."""
    found, waiting = set(), [place for name in names for place in places_of(name)]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += [place for name in imported_by(path) for place in places_of(name)]
    return sorted(found)


def imported_by(path):
    """Every name that a module imports, anywhere in it: `from a import b` may mean the module a.b, or a name in a."""
    package = ".".join(path.relative_to(REPOSITORY).parent.parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            base = resolve_name("." * node.level + (node.module or ""), package)
            yield from (f"{base}.{alias.name}" for alias in node.names)


def places_of(name):
    """The files that an import of `name` runs: the module's, and those of the packages that it lies in."""
    parts = name.split(".")
    for count in range(1, len(parts) + 1):
        place = REPOSITORY.joinpath(*parts[:count])
        yield from (path for path in (place / "__init__.py", place.with_suffix(".py")) if path.is_file())


@cache
def digest_of_code(path):
    return digest_of_text(path.read_text(encoding="utf-8"))


@cache
def digest_of_text(text):
    """A digest of Python code that comments, docstrings and line breaks do not change, nor Python's version."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            del node.body[0]
    return sha256(as_read(tree).encode()).hexdigest()[:DIGITS]


def as_read(node):
    """A syntax tree as text.  Fields with nothing in them are left out: newer Pythons have more of them."""
    if isinstance(node, list):
        return f"[{', '.join(map(as_read, node))}]"
    if not isinstance(node, ast.AST):
        return repr(node)
    parts = [f"{name}={as_read(value)}" for name, value in ast.iter_fields(node) if value not in (None, [])]
    return f"{type(node).__name__}({', '.join(parts)})"
