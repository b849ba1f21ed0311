"""Which of our own files a module needs: its own, and those of all that it imports, also inside functions."""

import ast

from grading.room import REPOSITORY


def needed_sources(modules, root=REPOSITORY):
    """The paths, relative to `root`, of every module of ours that `modules` (dotted names) lead to."""
    found, waiting = set(), list(modules)
    while waiting:
        for path in files_of(waiting.pop(), root):
            if path not in found:
                found.add(path)
                waiting += imported_names((root / path).read_text(encoding="utf-8"))
    return sorted(found)


def files_of(name, root):
    """The files that importing a dotted name runs, packages above it included; none where it is not ours."""
    parts, files = name.split("."), []
    for count in range(1, len(parts) + 1):
        place = root.joinpath(*parts[:count])
        files += [path for path in (place / "__init__.py", place.with_suffix(".py")) if path.is_file()]
    return [path.relative_to(root) for path in files]


def imported_names(text):
    """Every dotted name that a module imports; of `from a import b`, both `a` and `a.b`, since b may be a module."""
    names = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return names
