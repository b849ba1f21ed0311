"""Marking without names: results under pseudonyms, and a key file apart that gives the names back."""

import csv
import io
import re
import secrets
from dataclasses import dataclass, field, replace
from pathlib import Path

from grading.courses.course import CourseFault
from grading.courses.rows import need_columns, read_rows
from grading.mark.student_names import same_file_name
from grading.mark.submission import Row
from grading.report.pages import write_whole
from grading.report.tables import FORMULA_STARTS

COLUMNS = ("pseudonym", "student", "key", "name")
PSEUDONYM = re.compile(r"s-[0-9a-f]{8}")
OWNER_ALONE = 0o600
QUOTE = "'"  # before what a spreadsheet would take for a formula
SHORTEST = 3  # bytes of a name that is looked for in texts: shorter ones are words


@dataclass(frozen=True)
class Identity:
    """Whom a pseudonym stands for: the name that the results would have, and what the course system knows them by."""

    pseudonym: str
    student: str
    key: str = ""
    name: str = ""

    @property
    def names(self):
        """Every text that tells who it is, the longest first."""
        found = {text for text in (self.student, self.key, self.name) if len(text.encode()) >= SHORTEST}
        return sorted(found, key=lambda text: (-len(text), text))


@dataclass
class Keys:
    """The identities of a class, by pseudonym and by student."""

    path: Path
    identities: dict = field(default_factory=dict)  # pseudonym -> Identity

    @property
    def by_student(self):
        return {same_file_name(one.student): one for one in self.identities.values()}

    def student_of(self, name):
        """The student behind a pseudonym; any other name as it is."""
        return self.identities[name].student if name in self.identities else name

    def with_rows(self, rows):
        """student -> Identity for some Rows, each new one with a pseudonym that nobody can guess."""
        known = self.by_student
        for row in rows:
            if same_file_name(row.student) not in known:
                attempt = row.attempt
                told = (attempt.key, attempt.name) if attempt else ("", "")
                one = Identity(self.unused(), row.student, *told)
                known[same_file_name(row.student)] = self.identities[one.pseudonym] = one
        return {row.student: known[same_file_name(row.student)] for row in rows}

    def unused(self):
        while (made := f"s-{secrets.token_hex(4)}") in self.identities:
            continue
        return made

    def write(self):
        """Write the file, readable by its owner alone.  Raises CourseFault."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        for one in sorted(self.identities.values(), key=lambda one: one.student):
            writer.writerow([in_cell(getattr(one, column)) for column in COLUMNS])
        try:
            write_whole(self.path, text.getvalue(), OWNER_ALONE)
        except OSError as reason:
            why = f"{self.path} can't be written ({reason.strerror}); give pseudonyms another place."
            raise CourseFault(why) from None


def is_pseudonym(text):
    """Whether a text has the form of the pseudonyms that are given here."""
    return bool(PSEUDONYM.fullmatch(text))


def in_cell(text):
    """A text that no spreadsheet takes for a formula; without the first quote it is the text again."""
    return QUOTE + text if text.startswith((QUOTE, *FORMULA_STARTS)) else text


def read_keys(path, out=None):
    """The Keys of a file; none of them where it is not there yet.  Raises CourseFault.

    out   the folder of the results, in which a key has no place
    """
    if out is not None and path.resolve().is_relative_to(Path(out).resolve()):
        raise CourseFault(f"{path} lies among the results; keep the key of the pseudonyms apart from {out}.")
    keys = Keys(path)
    if not path.exists():
        return keys
    columns, rows = read_rows(path)
    need_columns(path, columns, COLUMNS)
    for line, row in rows:
        one = Identity(*(row.get(name, "").removeprefix(QUOTE) for name in COLUMNS))
        if not one.pseudonym or not one.student or one.pseudonym in keys.identities:
            raise CourseFault(f"{path}, line {line}, has no pseudonym of its own and a student; mend or remove it.")
        keys.identities[one.pseudonym] = one
    return keys


def disguised(found, identities):
    """A Found under pseudonyms, with what the course system knows left out."""
    rows = tuple(disguised_row(row, identities[row.student]) for row in found.rows)
    first = identities[found.receivers[0].student]
    earlier = tuple(replace(one, student=first.pseudonym, attempt=masked(one.attempt, first)) for one in found.earlier)
    return replace(found, student=first.pseudonym, attempt=masked(found.attempt, first), rows=rows, earlier=earlier)


def disguised_row(row, identity):
    return Row(identity.pseudonym, masked(row.attempt, identity))


def masked(attempt, identity):
    return attempt and replace(attempt, key=identity.pseudonym, name="", members=())


@dataclass(frozen=True)
class Disguise:
    """What takes names out of results: student under a pseudonym -> the Identities of all who share the submission."""

    shared: dict

    def hide(self, result):
        """The result without the names of those whose it is, in whatever it says of their files."""
        people = self.shared.get(result.student, ())
        items = [
            replace(item, **{key: hidden(getattr(item, key), people) for key in ("saw", "next", "file")})
            for item in result.items
        ]
        faults = tuple(replace(fault, text=hidden(fault.text, people)) for fault in result.faults)
        return replace(result, notes=[hidden(note, people) for note in result.notes], items=items, faults=faults)


def hidden(text, people):
    """A text in which pseudonyms stand in the place of names; `_`, as in file names, ends a name."""
    for person in people:
        for name in person.names:
            text = re.sub(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", person.pseudonym, text)
    return text


def under_pseudonyms(found, course, overrides, remarks, keys):
    """(found, course, overrides, remarks, Disguise), all of them under pseudonyms; new ones are written to the key.

    Raises CourseFault.
    """
    identities = keys.with_rows([row for one in found for row in one.receivers])
    keys.write()
    called = {student: one.pseudonym for student, one in identities.items()}
    shared = {}
    for one in found:
        people = tuple(identities[row.student] for row in one.receivers)
        shared |= {person.pseudonym: people for person in people}
    everybody = tuple(identities.values())
    course = replace(course, extensions={called.get(name, name): when for name, when in course.extensions.items()})
    decided = {
        called.get(student, student): tuple(replace(row, student=called.get(student, student)) for row in rows)
        for student, rows in overrides.items()
    }
    said = {called[student]: [hidden(text, everybody) for text in texts] for student, texts in remarks.items()}
    disguised_found = sorted((disguised(one, identities) for one in found), key=lambda one: one.student)
    return disguised_found, course, decided, said, Disguise(shared)
