"""Known mistakes as code: the solution, in several hands, with one mistake or more written into it.

A room's `mistakes.toml` says how each misconception is written.  A hand is one student's way to write the same models:
the handout's own (the solution), and those of the room's hands/, whose files are skeletons with `...  # item` for a
blank.  For instructors only.
"""

import ast
import re
import tomllib
from collections import ChainMap, Counter
from dataclasses import dataclass, field

from grading.build.solution import solution_files

HANDOUT = "handout"
BLANK = re.compile(r"\.\.\.  # (?P<item>\w+\.\w+)$", re.MULTILINE)


@dataclass(frozen=True, eq=False)
class Mistake:
    """One way to write one misconception.

    item     the rubric item that it must cost
    name     the misconception's id
    written  an expression for the item's blank, in the handout's names; or {line: what stands in its place}
    """

    item: str
    name: str
    written: str | dict

    def __str__(self):
        return f"{self.item}: {self.name}"


def read_mistakes(room):
    """Every Mistake of the room, in the file's order."""
    kinds = tomllib.loads((room.path / "mistakes.toml").read_text(encoding="utf-8"))
    return [
        Mistake(item, name, way)
        for items in kinds.values()
        for item, names in items.items()
        for name, ways in names.items()
        for way in ways
    ]


@dataclass(frozen=True, eq=False)
class Hand:
    """One student's way to write the models.

    files  file name -> text, with `...  # item` where a blank's expression goes
    right  item -> the right expression, in the handout's names
    names  class name -> {the handout's local name: this student's}
    items  the rubric: item id -> Item
    """

    name: str
    files: dict
    right: dict
    items: dict
    names: dict = field(default_factory=dict)

    def can_write(self, mistake):
        """Whether this hand has the blank, or the lines, that a mistake is written in."""
        text = self.files.get(self.items[mistake.item].file, "")
        if isinstance(mistake.written, str):
            return mistake.item in BLANK.findall(text)
        lines = [line.strip() for line in self.filled(text, self.right).splitlines()]
        return all(lines.count(line) == 1 for line in mistake.written)

    def write(self, *mistakes):
        """file name -> text of a submission with these mistakes in it.  Raises ValueError for one it can't write."""
        for mistake in mistakes:
            if not self.can_write(mistake):
                raise ValueError(f"the hand {self.name!r} has no place for {mistake}; write it in that hand's lines.")
        expressions = ChainMap({m.item: m.written for m in mistakes if isinstance(m.written, str)}, self.right)
        texts = {file: self.filled(text, expressions) for file, text in self.files.items()}
        for mistake in mistakes:
            file = self.items[mistake.item].file
            for line, other in () if isinstance(mistake.written, str) else mistake.written.items():
                texts[file] = with_line(texts[file], line, other)
        return texts

    def filled(self, text, expressions):
        """A text with an expression in the place of every blank, in this hand's names."""

        def expression(match):
            item = self.items[match["item"]]
            return renamed(expressions[item.id], self.names.get(item.class_name, {}))

        return BLANK.sub(expression, text)


def read_hands(room):
    """name -> Hand: the handout's, then those of hands/."""
    solution = {name: content.decode() for name, content in solution_files(room).items()}
    right, blanked = {}, {}
    for file, text in solution.items():
        found = {
            item.id: right_value(text, item) for item in room.items.values() if item.file == file and item.local_name
        }
        right |= {item_id: ast.unparse(value) for item_id, value in found.items()}
        blanked[file] = with_blanks(text, found)
    hands = {HANDOUT: Hand(HANDOUT, blanked, right, room.items)}
    for folder in sorted(path for path in (room.path / "hands").glob("*") if path.is_dir()):
        files = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py"))}
        hands[folder.name] = Hand(folder.name, files, right, room.items, own_names(folder))
    return hands


def own_names(folder):
    path = folder / "names.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def right_value(text, item):
    """The syntax tree of the solution's expression for one blank."""
    kind = next(node for node in ast.parse(text).body if getattr(node, "name", None) == item.class_name)
    method = next(node for node in kind.body if getattr(node, "name", None) == item.method)
    lines = [line for line in ast.walk(method) if isinstance(line, ast.Assign)]
    return max(
        (line for line in lines if getattr(line.targets[0], "id", None) == item.local_name),
        key=lambda line: line.lineno,
    ).value


def with_blanks(text, values):
    """A text with `...  # item` in the place of each of `values`, each of which is the end of one line."""
    lines = text.splitlines(keepends=True)
    for item_id, value in values.items():
        lines[value.lineno - 1] = f"{lines[value.lineno - 1][: value.col_offset]}...  # {item_id}\n"
    return "".join(lines)


def renamed(expression, names):
    """An expression with other local names."""
    tree = ast.parse(expression, mode="eval")
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            node.id = names.get(node.id, node.id)
    return ast.unparse(tree)


def with_line(text, line, other):
    """A text with other lines in the place of one, at its indentation."""
    lines = text.splitlines()
    position = next(index for index, found in enumerate(lines) if found.strip() == line)
    indent = lines[position][: -len(line)]
    lines[position : position + 1] = [indent + replacing for replacing in other.splitlines()]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, eq=False)
class Written:
    """One way to write one mistake, in one hand.

    way   the how-manieth way of this misconception in this item, from 0
    """

    hand: Hand
    mistake: Mistake
    way: int

    def __str__(self):
        return f"{self.hand.name}: {self.mistake}, way {self.way + 1}"


def read_written(room):
    """Every way to write every mistake, in every hand that has a place for it."""
    hands, ways, found = read_hands(room), Counter(), []
    for mistake in read_mistakes(room):
        found += [Written(hand, mistake, ways[str(mistake)]) for hand in hands.values() if hand.can_write(mistake)]
        ways[str(mistake)] += 1
    return found


@dataclass(frozen=True)
class Doubt:
    """Why numbers cannot tell a mistake from another reading, and the items that are left to a person for it."""

    why: str
    mistake: str
    items: list
    ways: list
    hands: list
    in_doubt: list

    def is_of(self, written):
        """Whether it speaks of this way to write a mistake."""
        mistake = written.mistake
        return (
            mistake.name == self.mistake
            and mistake.item in self.items
            and written.way in self.ways
            and written.hand.name in self.hands
        )


def read_doubts(room):
    """Every Doubt of the room."""
    table = tomllib.loads((room.path / "doubts.toml").read_text(encoding="utf-8"))
    return [Doubt(**row) for row in table.get("doubt", ())]


@dataclass(frozen=True)
class Equal:
    """Two mistakes that together are equal to what is right, or to another reading, and why.

    first, second   as `str` of a Mistake
    hands           the hands in which they are; () for all
    ways            [way of the first, way of the second], each pair for itself; () for all
    in_doubt        the items that are left to a person for it; () where they come to what is right
    named           those of their two items that are lost and called by name all the same
    """

    why: str
    first: str
    second: str
    hands: list = ()
    ways: list = ()
    in_doubt: list = ()
    named: list = ()

    def is_of(self, one, other):
        """Whether it speaks of these two, in whichever order."""
        return self.is_in_order(one, other) or self.is_in_order(other, one)

    def is_in_order(self, first, second):
        return (
            (str(first.mistake), str(second.mistake)) == (self.first, self.second)
            and (not self.hands or first.hand.name in self.hands)
            and (not self.ways or [first.way, second.way] in self.ways)
        )


def read_equal(room):
    """Every Equal of the room."""
    table = tomllib.loads((room.path / "doubts.toml").read_text(encoding="utf-8"))
    return [Equal(**row) for row in table.get("equal", ())]
