"""overrides.csv: what a person decided about single items, kept apart from every marking."""

import csv
import io
from collections import defaultdict
from dataclasses import asdict, dataclass
from math import isfinite
from pathlib import Path

from grading.courses.course import CourseFault
from grading.courses.rows import need_columns, read_rows
from grading.report.tables import in_spreadsheet
from grading.whole_files import write_whole

OVERRIDES = "overrides.csv"
COLUMNS = ("student", "item", "points", "reviewer", "reason")


@dataclass(frozen=True)
class Override:
    """One row: so many points for this item of this student, by whom, and why."""

    student: str
    item: str
    points: float
    reviewer: str
    reason: str


def overrides_path(course, out):
    """Where overrides are: beside course.toml, or else in the folder of the results.  Raises CourseFault for two."""
    places = [course.path.parent / OVERRIDES] if course.path else []
    places += [Path(out) / OVERRIDES]
    there = [place for place in places if place.is_file()]
    if len(there) == 2 and not there[0].samefile(there[1]):
        raise CourseFault(f"there are {there[0]} and {there[1]}; put all rows into the first, and remove the second.")
    return there[0] if there else places[0]


def read_overrides(path, items, called):
    """student -> their Overrides, in the file's order; none where there is no file.  Raises CourseFault.

    items    item id -> Item, with the points that the course gives
    called   the name of a row -> the name of the results; raises CourseFault for nobody's
    """
    if not path.is_file():
        return {}
    columns, rows = read_rows(path)
    need_columns(path, columns, COLUMNS)
    found, lines = defaultdict(list), {}
    for line, row in rows:
        one = override_of(row, items, called, f"{path}, line {line},")
        first = lines.setdefault((one.student, one.item), line)
        if first != line:
            raise CourseFault(f"{path} has {one.item} of {one.student!r} in lines {first} and {line}; remove one.")
        found[one.student].append(one)
    return {student: tuple(rows) for student, rows in found.items()}


def override_of(row, items, called, place):
    """The Override of a row.  Raises CourseFault."""
    empty = next((name for name in COLUMNS if not row.get(name)), None)
    if empty:
        raise CourseFault(f"{place} has no {empty}; fill it in.")
    student = called(row["student"], place)
    if row["item"] not in items:
        raise CourseFault(f"{place} names the item {row['item']!r}, which is not in the rubric; see: explain ID.")
    most = items[row["item"]].points
    points = number(row["points"])
    if points is None or not 0 <= points <= most:
        raise CourseFault(
            f"{place} gives {row['points']!r} points for {row['item']}; give a number from 0 to {most:g}."
        )
    return Override(student, row["item"], points, row["reviewer"], row["reason"])


def number(text):
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) else None


def decided_in(path, called):
    """The pairs (student, item) that overrides.csv decides already.  `called`: see `add_overrides`.

    Raises CourseFault.
    """
    return {(called(row["student"]), row["item"]) for row in table_of(path)[1] if {"student", "item"} <= row.keys()}


def table_of(path):
    """(columns, rows) of overrides.csv, whatever else a person keeps in it.  Raises CourseFault."""
    if not path.is_file():
        return COLUMNS, []
    columns, rows = read_rows(path)
    need_columns(path, columns, COLUMNS)
    twice = next((name for name in columns if columns.count(name) > 1), None)
    if twice is not None:
        raise CourseFault(f"{path} has two columns {twice!r}; leave one of them, or call it otherwise.")
    return columns, [row for _, row in rows]


def add_overrides(path, overrides, called):
    """Write overrides below those that are there; a newer decision takes an older one's place.

    Every row and column that is there stays as it is.

    called   the name of a row -> the name of the results; any other name as it is

    Raises CourseFault, OSError.
    """
    new = {(one.student, one.item) for one in overrides}
    columns, rows = table_of(path)
    rows = [row for row in rows if (called(row.get("student", "")), row.get("item")) not in new]
    rows += [{name: in_spreadsheet(value) for name, value in texts_of(one).items()} for one in overrides]
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_whole(path, text.getvalue())


def texts_of(one):
    """An Override as the cells of its row."""
    return asdict(one) | {"points": f"{one.points:g}"}
