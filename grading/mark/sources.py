"""Which files of this repository a module stands on: those that it imports, and those that these import."""

import ast
from functools import cache
from importlib.util import resolve_name

from grading.room import REPOSITORY


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
