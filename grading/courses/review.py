"""The cases that wait for a person, those that are alike together, and one decision for all of a group."""

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, replace

from grading.courses.overrides import Override, number
from grading.mark.result import plain
from grading.mark.student_names import listed

NUMBER = re.compile(r"-?\d[\d.]*(?:e[-+]?\d+)?")
DIGITS = 4  # of a group's digest in hexadecimal; more, where two groups of an item would share them
ALL, NOTHING = "all", "none"
LINES, WIDTH = 20, 110  # of a student's function that are shown
CAUSES_OF_A_HALF = ("library", "our_fault", "out_of_time")  # keys of the words: any other cause is of one line alone


class ReviewFault(ValueError):
    """A decision can't be taken: one sentence."""


@dataclass(frozen=True)
class Case:
    """What of one student waits for a person: one item, or all that wait for one cause of their half.

    items    an ItemResult each
    outline  alike for two functions that differ in names alone; "" where it is not known
    text     how the functions read
    """

    student: str
    items: tuple
    outline: str = ""
    text: str = ""

    @property
    def key(self):
        """What cases that are alike have in common; first a short name of it."""
        ids = [item.id for item in self.items]
        first, *others = ids if len(ids) == 1 else [half_of(ids[0]), *ids]
        return first, what_was_seen(self.items[0]), self.items[0].cause, self.outline, *others


@dataclass(frozen=True)
class Group:
    """Cases that are alike.

    name   the item and a digest of what they have in common, the same from run to run
    """

    name: str
    cases: tuple

    @property
    def items(self):
        return self.cases[0].items

    @property
    def students(self):
        return tuple(case.student for case in self.cases)


def open_cases(room, results, decided=frozenset()):
    """A Case for each scored item in doubt, but for those that are `decided`: pairs (student, item).

    Items of one half that wait for a cause of the whole half are one Case: one look decides them all.
    """
    shared = causes_of_a_half(room)
    for result in results:
        together = defaultdict(list)
        for item in result.items:
            if item.status == "needs_review" and item.max_points and (result.student, item.id) not in decided:
                cause = (half_of(item.id), what_was_seen(item), item.cause) if item.cause in shared else item.id
                together[cause].append(item)
        yield from (Case(result.student, tuple(items)) for items in together.values())


def causes_of_a_half(room):
    """What holds for all of a half, in every language of the room: results keep the sentence alone."""
    languages = [path.stem for path in (room.path / "words").glob("*.toml")]
    tables = [replace(room, language=language).words for language in languages]
    return {plain(words.say("cause", key)) for words in tables for key in CAUSES_OF_A_HALF}


def half_of(item_id):
    """What the items of one half begin with: `gru` of `gru.candidate`."""
    return item_id.partition(".")[0]


def what_was_seen(item):
    """The sentence without its numbers, in which alike cases differ."""
    return NUMBER.sub("#", item.saw)


def with_outline(case, told):
    """The Case with how its functions read, each once; `told`: (student, item) -> (outline, text)."""
    found = dict.fromkeys(told.get((case.student, item.id), ("", "")) for item in case.items)
    outlines, texts = zip(*found, strict=True)
    return replace(case, outline="\n".join(outlines), text="\n".join(texts))


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
    item, more = group.items[0], len(group.students) - students
    others = words.say("terminal", "more", count=more) if more > 0 else ""
    yield f"{group.name}  ({len(group.students)} x {sum(item.max_points for item in group.items):g})"
    if len(group.items) > 1:
        yield "  " + ", ".join(item.id for item in group.items)
    yield "  " + plain(", ".join(group.students[:students])) + others
    for key in ("saw", "cause"):
        if getattr(item, key):
            yield f"  {words.labelled(key, plain(getattr(item, key)))[0]}: {plain(getattr(item, key))}"
    lines = group.cases[0].text.splitlines()
    yield from (f"    | {plain(line)[:WIDTH]}" for line in lines[:LINES])
    if len(lines) > LINES:
        yield "    | …"


def decision(text, groups):
    """(Group, points of each of its items) of a text GROUP=POINTS; the points may be `all` or `none`.

    Raises ReviewFault.
    """
    name, sign, said = text.rpartition("=")
    group = next((group for group in groups if group.name == name), None)
    if not sign or group is None:
        known = listed(group.name for group in groups) or "none is open"
        raise ReviewFault(f"{text!r} is no decision on an open group; write GROUP=POINTS with one of: {known}.")
    most = [item.max_points for item in group.items]
    if said in (ALL, NOTHING):
        return group, most if said == ALL else [0.0] * len(most)
    if len(most) > 1:
        raise ReviewFault(f"{said!r} are no points for {name}; it is {len(most)} items, so give `all` or `none`.")
    points = number(said)
    if points is None or not 0 <= points <= most[0]:
        raise ReviewFault(f"{said!r} are no points for {name}; give a number from 0 to {most[0]:g}, `all` or `none`.")
    return group, [points]


def decide(decided, reviewer, reason):
    """The Overrides of decisions [(Group, points of each item)].  Raises ReviewFault."""
    for word, text in {"--reviewer": reviewer, "--reason": reason}.items():
        if not text.strip():
            raise ReviewFault(f"a decision needs {word}: every output says who decided, and why.")
    return [
        Override(student, item.id, given, plain(reviewer.strip()), plain(reason.strip()))
        for group, points in decided
        for student in group.students
        for item, given in zip(group.items, points, strict=True)
    ]
