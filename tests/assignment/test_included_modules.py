"""The modules that the notebook includes share one namespace there: no name may be defined by two of them."""

import ast
import re
from collections import Counter

from grading.build.cells import included
from grading.room import open_room

SOURCE = open_room().path / "notebook.py"


def definitions(text):
    """The functions, classes and constants that a cell defines at its top level, each once."""
    names = set()
    for statement in ast.parse(text).body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            names.add(statement.name)
        if isinstance(statement, ast.Assign):
            names |= {
                name.id for target in statement.targets for name in ast.walk(target) if isinstance(name, ast.Name)
            }
    return names


def test_no_name_is_defined_by_two_included_modules():
    included_files = re.findall(r'include="([^"]+)"', SOURCE.read_text(encoding="utf-8"))
    counts = Counter(name for file in included_files for name in definitions(included(file, open_room())))
    assert len(included_files) >= 7
    assert [name for name, count in counts.items() if count > 1] == []


def test_the_notebook_itself_redefines_no_included_name():
    included_files = re.findall(r'include="([^"]+)"', SOURCE.read_text(encoding="utf-8"))
    taken = {name for file in included_files for name in definitions(included(file, open_room()))}
    assert definitions(SOURCE.read_text(encoding="utf-8")) & taken == set()
