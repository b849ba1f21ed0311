"""The cases that wait for a person, those that are alike together, and one decision for all of a group."""

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, replace

from grading.courses.overrides import Override, number
from grading.mark.result import plain
from grading.report.tables import in_spreadsheet

NUMBER = re.compile(r"-?\d[\d.]*(?:e[-+]?\d+)?")
DIGITS = 4  # of a group's digest in hexadecimal; more, where two groups of an item would share them
ALL, NOTHING = "all", "none"
LINES, WIDTH = 20, 110  # of a student's function that are shown


class ReviewFault(ValueError):
    """A decision can't be taken: one sentence."""


@dataclass(frozen=True)
class Case:
    """One item of one student that waits for a person."""

    student: str
    item: object  # the ItemResult
    outline: str = ""  # alike for two functions that differ in names alone; "" where it is not known
    text: str = ""  # how the function reads

    @property
    def key(self):
        """What cases that are alike have in common."""
        return self.item.id, NUMBER.sub("#", self.item.saw), self.item.cause, self.outline


@dataclass(frozen=True)
class Group:
    """Cases that are alike.

    name   the item and a digest of what they have in common, the same from run to run
    """

    name: str
    cases: tuple

    @property
    def item(self):
        return self.cases[0].item

    @property
    def students(self):
        return tuple(case.student for case in self.cases)


def open_cases(results, decided=frozenset()):
    """A Case for each scored item in doubt, but for those that are `decided`: pairs (student, item)."""
    for result in results:
        for item in result.items:
            names = {(name, item.id) for name in (result.student, in_spreadsheet(result.student))}
            if item.status == "needs_review" and item.max_points and not names & decided:
                yield Case(result.student, item)


def with_outline(case, told):
    """The Case with how its function reads; `told`: (student, item) -> (outline, text)."""
    outline, text = told.get((case.student, case.item.id), ("", ""))
    return replace(case, outline=outline, text=text)


def groups_of(cases):
    """The Groups of some Cases: the largest first, equal ones by name."""
    alike = defaultdict(list)
    for case in cases:
        alike[case.key].append(case)
    names = names_of(alike)
    groups = [Group(names[key], tuple(found)) for key, found in alike.items()]
    return sorted(groups, key=lambda group: (-len(group.cases), group.name))


def names_of(keys):
    """key -> a short name of its own."""
    digests = {key: hashlib.sha256("\0".join(key).encode(errors="replace")).hexdigest() for key in keys}
    digits = DIGITS
    while len({(key[0], digests[key][:digits]) for key in keys}) < len(digests):
        digits += 1
    return {key: f"{key[0]}-{digest[:digits]}" for key, digest in digests.items()}


def shown(group, words, students=10):
    """A group as lines for a terminal; all that a student wrote is bounded, and without control characters."""
    item, more = group.item, len(group.students) - students
    others = words.say("terminal", "more", count=more) if more > 0 else ""
    yield f"{group.name}  ({len(group.students)} x {item.max_points:g})"
    yield "  " + plain(", ".join(group.students[:students])) + others
    for key in ("saw", "cause"):
        if getattr(item, key):
            yield f"  {words.labelled(key, plain(getattr(item, key)))[0]}: {plain(getattr(item, key))}"
    lines = group.cases[0].text.splitlines()
    yield from (f"    | {plain(line)[:WIDTH]}" for line in lines[:LINES])
    if len(lines) > LINES:
        yield "    | …"


def decision(text, groups):
    """(Group, points) of a text GROUP=POINTS; the points may be `all` or `none`.  Raises ReviewFault."""
    name, sign, said = text.rpartition("=")
    group = next((group for group in groups if group.name == name), None)
    if not sign or group is None:
        known = ", ".join(group.name for group in groups) or "none is open"
        raise ReviewFault(f"{text!r} is no decision on an open group; write GROUP=POINTS with one of: {known}.")
    most = group.item.max_points
    points = {ALL: most, NOTHING: 0.0}.get(said, number(said))
    if points is None or not 0 <= points <= most:
        raise ReviewFault(f"{said!r} are no points for {name}; give a number from 0 to {most:g}, `all` or `none`.")
    return group, points


def decide(decided, reviewer, reason):
    """The Overrides of decisions [(Group, points)].  Raises ReviewFault."""
    for word, text in {"--reviewer": reviewer, "--reason": reason}.items():
        if not text.strip():
            raise ReviewFault(f"a decision needs {word}: every output says who decided, and why.")
    return [
        Override(student, group.item.id, points, plain(reviewer.strip()), plain(reason.strip()))
        for group, points in decided
        for student in group.students
    ]
