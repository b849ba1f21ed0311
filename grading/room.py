"""A room: one assignment as data.  Everything that the engine knows of an assignment, it reads from here."""

import importlib
import tomllib
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path

from grading.variants import chosen
from grading.words import DEFAULT_LANGUAGE, Words

REPOSITORY = Path(__file__).resolve().parent.parent
MAIN_ASSIGNMENT = "assignment"
RUBRIC = "rubric.toml"


class RoomError(ValueError):
    """A room's file is wrong: one sentence that names the file, the reason and the fix."""


@dataclass(frozen=True)
class Item:
    """One line of the rubric."""

    id: str
    points: float
    equation: str
    file: str = ""
    target: str = ""
    blank: str = ""  # "value", "arguments", or "" for an item without a blank of its own
    prompt: str = ""  # what stands beside the blank, where the equation would give it away or say too much

    @property
    def class_name(self):
        return self.target.partition(".")[0].partition(":")[0]

    @property
    def method(self):
        return self.target.partition(".")[2].partition(":")[0]

    @property
    def local_name(self):
        """The name that the blank sets in its method, or ""."""
        return self.target.partition(":")[2]


@dataclass(frozen=True)
class Room:
    """An assignment's folder and what its small files say."""

    path: Path
    name: str
    title: str
    source: str
    notebook: str
    release: str
    modules: dict
    language: str = DEFAULT_LANGUAGE
    convention: dict = field(default_factory=dict)
    choices: dict = field(default_factory=dict)
    optional: dict = field(default_factory=dict)
    release_files: dict = field(default_factory=dict)
    folder: str = "."  # where what students get is written, from the repository's root
    words_beside: str = ""  # a room whose words this one's are added to
    release_tests: bool = False  # whether the release has tests that a student can run
    gradescope: dict = field(default_factory=dict)  # how results are shown there: see export/gradescope.py
    points: dict = field(default_factory=dict)  # item id -> points, where a course has its own
    options: dict = field(default_factory=dict)  # options of the rubric, where a course has its own
    left_out: tuple = ()  # endings of the ids of items that are not asked for

    @cached_property
    def items(self):
        """The rubric, in order: id -> Item."""
        found = read_items(self.rubric, RUBRIC)
        return {
            item_id: replace(item, points=self.points.get(item_id, item.points))
            for item_id, item in found.items()
            if not item_id.endswith(self.left_out)
        }

    @cached_property
    def rubric(self):
        """The rubric's table as the course's settings have it: items, and options beside them."""
        return read_table(self.path / RUBRIC, self.settings)

    @cached_property
    def settings(self):
        """What conditions of keys are decided by: the course's convention, and the rubric's options."""
        options = read_table(self.path / RUBRIC, {}) | self.options
        return {name: value for name, value in options.items() if isinstance(value, str)} | self.convention

    @cached_property
    def words(self):
        """Every sentence: the room's own, and those of the room beside whose words they stand."""
        tables = {}
        for path in self.words_paths:
            read = read_table(path, self.settings)
            tables = {name: tables.get(name, {}) | read.get(name, {}) for name in tables | read}
        return Words(tables, self.language)

    @property
    def languages(self):
        """The languages that the room has words in."""
        return sorted(path.stem for path in (self.path / "words").glob("*.toml"))

    @property
    def words_path(self):
        """The file of words in the room's language."""
        return self.path / "words" / f"{self.language}.toml"

    @property
    def words_paths(self):
        """The files of all that is said: first that of the room beside whose words they stand, then the room's own."""
        beside = [REPOSITORY / self.words_beside / "words" / self.words_path.name] if self.words_beside else []
        return [*beside, self.words_path]

    def handed_out(self, name):
        """Where a product lies that students get: a path from the repository's root."""
        return Path(self.folder) / name

    def option(self, name, allowed):
        """An option of the rubric, one of `allowed`, by default the first.  Raises RoomError."""
        value = self.options.get(name, self.rubric.get(name, allowed[0]))
        if value not in allowed:
            raise RoomError(f"{RUBRIC} sets {name} to {value!r}; it is one of: {', '.join(allowed)}.")
        return value

    def __reduce__(self):
        """Pickled without what can be read again, and with its place in whatever checkout it is opened in."""
        told = {one.name: getattr(self, one.name) for one in fields(self)}
        return room_at, (self.path.relative_to(REPOSITORY).parts, told)

    def without(self, *endings):
        """The same assignment with a rubric that lacks the items whose ids end so, such as `.learns`."""
        return replace(self, left_out=self.left_out + endings)

    @property
    def max_score(self):
        return sum(item.points for item in self.items.values())

    def load(self, module):
        """A module of the room, such as `marking`; only instructors' processes load it."""
        return importlib.import_module(self.module_name(module))

    def module_name(self, module):
        """The name under which a module of the room is imported."""
        return ".".join((*self.path.relative_to(REPOSITORY).parts, module))


def room_at(parts, settings):
    """The Room of these fields that lies there in this repository."""
    return Room(**settings | {"path": REPOSITORY.joinpath(*parts)})


def open_room(name=MAIN_ASSIGNMENT, language=None):
    """The room called `name`: `assignment`, or one of `labs/`, in its own language or another.  Raises RoomError."""
    folders = {MAIN_ASSIGNMENT: REPOSITORY / MAIN_ASSIGNMENT}
    folders |= {path.parent.name: path.parent for path in sorted((REPOSITORY / "labs").glob("*/assignment.toml"))}
    if name not in folders:
        raise RoomError(f"there is no assignment called {name!r}; there are: {', '.join(folders)}.")
    path = folders[name] / "assignment.toml"
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
        room = Room(path=folders[name], **settings | ({"language": language} if language else {}))
    except (OSError, tomllib.TOMLDecodeError, TypeError) as reason:
        raise RoomError(f"{path.relative_to(REPOSITORY)} can't be used ({reason}); correct it.") from None
    check_settings(room)
    return room


def check_settings(room):
    """Raises RoomError for a language without words, or a convention that is none of the choices."""
    if room.language not in room.languages:
        raise RoomError(f"there are no words in {room.language!r}; there are: {', '.join(room.languages)}.")
    for name, value in room.convention.items():
        if value not in room.choices.get(name, ()):
            allowed = ", ".join(room.choices.get(name, ())) or "nothing"
            raise RoomError(f"assignment.toml sets {name} = {value!r}; it can be: {allowed}.")


def read_table(path, settings):
    """A TOML table of the room, in the variant that its settings choose.  Raises RoomError."""
    try:
        return chosen(tomllib.loads(path.read_text(encoding="utf-8")), settings)
    except (OSError, tomllib.TOMLDecodeError) as reason:
        raise RoomError(f"{path.name} can't be used ({reason}); correct it.") from None


def read_items(table, name):
    """id -> Item, in the file's order.  Raises RoomError for a doubled id, an unknown key or negative points."""
    try:
        items = [Item(**row) for row in table["item"]]
    except (TypeError, KeyError) as reason:
        raise RoomError(f"{name} can't be used ({reason}); correct it.") from None
    by_id = {}
    for item in items:
        if item.id in by_id:
            raise RoomError(f"{name} has the item {item.id!r} twice; give one of them another id.")
        if not (isinstance(item.points, int | float) and 0 <= item.points < 1000):
            raise RoomError(f"{name} gives {item.id!r} the points {item.points!r}; points are numbers from 0.")
        by_id[item.id] = item
    return by_id
