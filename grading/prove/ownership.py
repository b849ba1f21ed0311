"""Which items of the rubric a line of the solution belongs to.  For instructors only."""

import ast
import tomllib

from grading.prove.known_mistakes import right_value


class Ownership:
    """Which items may be lost for a change of a line.

    items    the rubric: item id -> Item
    files    the solution: file name -> bytes
    methods  Class.method -> the item of its lines
    lines    (Class.method, line) -> the items of a line that is another's
    """

    def __init__(self, items, files, methods, lines):
        self.items, self.methods, self.lines = items, methods, lines
        texts = {file: content.decode() for file, content in files.items()}
        self.targets = {file: targets_of_lines(text) for file, text in texts.items()}
        self.texts = {file: [without_comment(line) for line in text.splitlines()] for file, text in texts.items()}

    def target(self, mutant):
        """Class.method of the first line that a mutant changes, Class between two methods, "" outside of both."""
        return self.targets[mutant.file].get(mutant.first, "")

    def owners(self, mutant):
        """The items that a mutant may cost.  A line that is moved is also its method's: the order of its lines is."""
        lines = range(mutant.first, mutant.last + 1)
        owners = {item for line in lines for item in self.owners_of_line(mutant.file, line)}
        if mutant.slip.startswith("moved"):
            owners |= {self.methods.get(self.target(mutant))} - {None}
        return owners

    def owners_of_line(self, file, line):
        """A blank's line is its item's, another the method's; a `def`, a class or an import is all that stand on it."""
        target, text = self.targets[file].get(line, ""), self.texts[file][line - 1]
        if (target, text) in self.lines:
            return set(self.lines[target, text])
        if target in self.methods and not text.startswith("def "):
            return {self.methods[target]}
        in_file = [item for item in self.items.values() if item.file == file]
        of_class = [item for item in in_file if item.class_name == target.partition(".")[0]]
        return {item.id for item in of_class or in_file}


def read_ownership(room, files):
    """The Ownership that the room's mutant_owners.toml sets; `files`: the solution."""
    table = tomllib.loads((room.path / "mutant_owners.toml").read_text(encoding="utf-8"))
    lines = blank_lines(room, files) | {(row["target"], row["line"]): row["items"] for row in table["line"]}
    return Ownership(room.items, files, table["methods"], lines)


def blank_lines(room, files):
    """(Class.method, line) -> [item id], for the solution's line of every blank that is one value."""
    found = {}
    for item in room.items.values():
        if item.local_name:
            text = files[item.file].decode()
            line = text.splitlines()[right_value(text, item).lineno - 1]
            found[f"{item.class_name}.{item.method}", without_comment(line)] = [item.id]
    return found


def targets_of_lines(text):
    """line -> Class.method, or Class between the methods, for every line of a class."""
    found = {}
    for kind in (node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)):
        found |= dict.fromkeys(lines_of(kind), kind.name)
        for method in (node for node in kind.body if isinstance(node, ast.FunctionDef)):
            found |= dict.fromkeys(lines_of(method), f"{kind.name}.{method.name}")
    return found


def lines_of(node):
    return range(node.lineno, node.end_lineno + 1)


def without_comment(line):
    return line.split("  #")[0].strip()
