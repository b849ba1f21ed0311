"""Read a course.toml: every key may be left out; what is not understood is an error with the key and the fix."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite

from grading.courses.course import ATTEMPTS, GROUPS_OF_THE_DOWNLOAD, NO_GROUPS, Course, CourseFault
from grading.courses.lateness import LateRule
from grading.mark.marking import OPTIONS

EXAMPLE = "2026-11-20T23:59:00+09:00"
POINTS_LIMIT = 1000
LATE_KEYS = ("points", "percent", "days")


@dataclass(frozen=True)
class Key:
    """What a key of the file may hold: `is_right` of a value, and the words that say what is asked for."""

    is_right: object
    asked: str


def is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def is_time(value):
    return isinstance(value, datetime) and value.tzinfo is not None


def is_text(value):
    return isinstance(value, str) and value.strip() != "" and value.isprintable()


def is_table(value):
    return isinstance(value, dict)


TIME = Key(is_time, f"a time with its zone, such as {EXAMPLE}")
TABLE = Key(is_table, "a table")
KEYS = {
    "roster": Key(is_text, "the name of a CSV file"),
    "groups": Key(is_text, f'"{GROUPS_OF_THE_DOWNLOAD}", "{NO_GROUPS}", or the name of a CSV file'),
    "attempt": Key(lambda value: value in ATTEMPTS, "one of " + ", ".join(f'"{one}"' for one in ATTEMPTS)),
    "deadline": TIME,
    "contact": Key(is_text, "one line of text"),
    "pseudonyms": Key(is_text, "the name of a CSV file, apart from the results"),
    "late": TABLE,
    "extensions": TABLE,
    "points": TABLE,
    "options": TABLE,
    "convention": TABLE,
}
OFF = Key(lambda value: is_number(value) and value >= 0, "a number from 0")
PERCENT = Key(lambda value: is_number(value) and 0 <= value <= 100, "a number from 0 to 100")
DAYS = Key(lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 1, "a whole number from 1")
POINTS = Key(lambda value: is_number(value) and 0 <= value < POINTS_LIMIT, "a number from 0")


def read_course(path, room):
    """The Course of a file, for a room's rubric.  Raises CourseFault."""
    table = read_toml(path)
    for name, value in table.items():
        check(path, name, value, KEYS.get(name), KEYS)
    for name, value in table.get("extensions", {}).items():
        check(path, f"extensions.{name}", value, TIME)
    for name, value in table.get("points", {}).items():
        check(path, f"points.{name}", value, POINTS if name in room.items else None, room.items)
    check_options(path, table.get("options", {}), room)
    check_convention(path, table.get("convention", {}), room)
    groups = table.get("groups", GROUPS_OF_THE_DOWNLOAD)
    return Course(
        path=path,
        roster=path.parent / table["roster"] if "roster" in table else None,
        groups=groups if groups in (GROUPS_OF_THE_DOWNLOAD, NO_GROUPS) else path.parent / groups,
        attempt=table.get("attempt", ATTEMPTS[0]),
        deadline=table.get("deadline"),
        late=late_rule(path, table.get("late", {})),
        extensions=table.get("extensions", {}),
        contact=table.get("contact", "").strip(),
        points={name: float(value) for name, value in table.get("points", {}).items()},
        options=table.get("options", {}),
        pseudonyms=path.parent / table["pseudonyms"] if "pseudonyms" in table else None,
    )


def read_toml(path):
    """The file's table.  Raises CourseFault."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as reason:
        raise CourseFault(f"{path} can't be read ({reason.strerror}); give the course's file.") from None
    except UnicodeDecodeError:
        raise CourseFault(f"{path} is not in UTF-8; save it so.") from None
    except tomllib.TOMLDecodeError as reason:
        raise CourseFault(f"{path} is no TOML ({reason}); correct it.") from None


def check(path, name, value, key, known=()):
    """Raises CourseFault for a key that is not known (`known` are), or whose value is not what is asked for."""
    if key is None:
        raise CourseFault(f"{path} sets {name}, which is not known; there are: {', '.join(known)}.")
    if not key.is_right(value):
        raise CourseFault(f"{path} sets {name} to {shown(value)}; it has to be {key.asked}.")


def shown(value):
    text = value.isoformat() if isinstance(value, date) else repr(value)
    return text if len(text) <= 60 else text[:59] + "…"


def late_rule(path, table):
    """The LateRule of a table `points` or `percent`, and `days`.  Raises CourseFault."""
    for name, value in table.items():
        check(path, f"late.{name}", value, {"points": OFF, "percent": PERCENT, "days": DAYS}.get(name), LATE_KEYS)
    if "points" in table and "percent" in table:
        raise CourseFault(f"{path} sets both late.points and late.percent; leave one of them out.")
    unit = "percent" if "percent" in table else "points"
    return LateRule(float(table.get(unit, 0)), unit, table.get("days"))


def check_options(path, options, room):
    """Raises CourseFault for an option that the rubric does not have, or that is none of its choices."""
    choices = OPTIONS | room.load("marking").OPTIONS
    for name, value in options.items():
        allowed = choices.get(name)
        key = allowed and Key(lambda value, allowed=allowed: value in allowed, f"one of {', '.join(allowed)}")
        check(path, f"options.{name}", value, key, choices)


def check_convention(path, convention, room):
    """Raises CourseFault where students were given another form than the course says that it teaches."""
    for name, value in convention.items():
        check(path, f"convention.{name}", value, Key(is_text, "a text") if name in room.choices else None, room.choices)
        taught = room.convention.get(name)
        if value != taught:
            raise CourseFault(
                f"{path} sets convention.{name} to {value!r}, but what students were given says {taught!r}; "
                "change it in assignment.toml, and build and release anew."
            )
