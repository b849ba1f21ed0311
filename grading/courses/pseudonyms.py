"""Marking without names: results under pseudonyms, and a key file apart that gives the names back."""

import csv
import io
import re
import secrets
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path

from grading.courses.course import CourseFault
from grading.courses.rows import need_columns, read_rows
from grading.mark.student_names import same_file_name
from grading.mark.submission import Row
from grading.report.tables import FORMULA_STARTS
from grading.whole_files import write_whole

COLUMNS = ("pseudonym", "student", "key", "name")
START, BYTES = "s-", 4  # of a pseudonym: what it begins with, and how many random bytes follow, in hexadecimal
OWNER_ALONE = 0o600
WORD = r"[\w'’-]+"
QUOTE = "'"  # before what a spreadsheet would take for a formula
NO_WORD = r"[\d@_\s]"
NEVER = r"(?!)"  # the pattern that is found nowhere
SEVERAL = "…"  # for a name that several students have
SHORTEST, CHARACTERS = 3, 2  # bytes and characters of a name that is looked for in texts: shorter ones are words
DIGITS_ALONE = 4  # of an id that is looked for outside of file names: shorter ones are numbers of a sentence


@dataclass(frozen=True)
class Identity:
    """Whom a pseudonym stands for: the name that the results would have, and what the course system knows them by.

    others   what else the roster calls them; not in the key file
    parts    their first and last names by themselves; not there either
    """

    pseudonym: str
    student: str
    key: str = ""
    name: str = ""
    others: tuple = ()
    parts: tuple = ()

    @property
    def names(self):
        """Every text that tells who it is."""
        return long_enough({self.student, self.key, self.name, *self.others})

    @property
    def spoken_names(self):
        """What people call them: names, and each word of a name, such as the first one."""
        names = [text for text in self.names if not re.search(r"[\d@_]", text)]
        return self.names | long_enough({*self.parts, *(word for text in names for word in re.findall(WORD, text))})


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

    def with_rows(self, rows, people=None):
        """student -> Identity for some Rows, each new one with a pseudonym that nobody can guess.

        people   student -> Person of the roster
        """
        known = self.by_student
        for row in rows:
            called = same_file_name(row.student)
            one = known.get(called) or Identity(self.unused(), row.student)
            if row.attempt:  # whoever had handed in nothing has a key and a name now
                one = replace(one, key=one.key or row.attempt.key, name=one.name or row.attempt.name)
            known[called] = self.identities[one.pseudonym] = one
        found = {row.student: known[same_file_name(row.student)] for row in rows}
        return {student: with_roster(one, (people or {}).get(student)) for student, one in found.items()}

    def unused(self):
        while (made := START + secrets.token_hex(BYTES)) in self.identities:
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


def with_roster(identity, person):
    """The Identity with what a Person of the roster, or None, is called besides."""
    return replace(identity, others=person.full_names, parts=person.first_and_last) if person else identity


def is_pseudonym(text):
    """Whether a text has the form of the pseudonyms that are given here."""
    return bool(re.fullmatch(rf"{START}[0-9a-f]{{{2 * BYTES}}}", text))


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
        hide = hiding(self.shared.get(result.student, ()))
        items = [
            replace(item, **{key: hide(getattr(item, key)) for key in ("saw", "next", "file")}) for item in result.items
        ]
        faults = tuple(replace(fault, text=hide(fault.text)) for fault in result.faults)
        return replace(result, notes=[*map(hide, result.notes)], items=items, faults=faults)


def long_enough(texts):
    return {text for text in texts if len(text.encode()) >= SHORTEST and len(text) >= CHARACTERS}


def hiding(people, with_words=False):
    """text -> the text with pseudonyms in the place of names, and `…` in that of a name which several have.

    with_words   where a person wrote the text, who may call a student by the first name alone
    """
    called = defaultdict(set)
    for person in people:
        for name in person.spoken_names if with_words else person.names:
            called[folded(name)].add(person.pseudonym)
    told = {name: "".join(pseudonyms) if len(pseudonyms) == 1 else SEVERAL for name, pseudonyms in called.items()}
    patterns = map(pattern_of, sorted(called, key=lambda name: (-len(name), name)))
    pattern = re.compile("|".join(patterns) or NEVER)
    return lambda text: pattern.sub(lambda found: told[folded(found[0])], text)


def folded(name):
    """A name as it is compared: what can be no word (an id, an address, a name in full) in whatever case it stands."""
    return name.casefold() if re.search(NO_WORD, name) else name


def pattern_of(name):
    """The pattern of a name where it is one: `_`, as in file names, ends it; to a Korean one a particle is joined.

    Digits are an id only where they are no part of a decimal number, a date or a time; a few, only in a file's name.
    """
    escaped, end = re.escape(name), r"(?![^\W_])"
    if name.isdecimal() and len(name) < DIGITS_ALONE:
        return rf"(?<=_){escaped}{end}|(?<![^\W_]){escaped}(?=_)"
    if name.isdecimal():
        return rf"(?<![^\W_])(?<!\d[.,:-]){escaped}{end}(?![.,:-]\d)"
    if re.search(NO_WORD, name):
        escaped = f"(?i:{escaped})"
    is_joined = unicodedata.east_asian_width(name[-1]) == "W"
    return rf"(?<![^\W_]){escaped}" + ("" if is_joined else end)


def under_pseudonyms(found, settlement, keys, people):
    """(each Found, the Settlement), both under pseudonyms; new ones are written to the key.  Raises CourseFault.

    people   student -> Person of the roster
    """
    identities = keys.with_rows([row for one in found for row in one.receivers], people)
    keys.write()
    sharing = defaultdict(list)  # what a group's members count of it may be several attempts, and so several Found
    for one in found:
        sharing[one.student] += [identities[row.student] for row in one.receivers]
    shared = {identity.pseudonym: tuple(sharers) for sharers in sharing.values() for identity in sharers}
    everybody = tuple(identities.values())
    called = {student: one.pseudonym for student, one in identities.items()}
    hide = hiding(everybody, with_words=True)
    disguised_found = sorted((disguised(one, identities) for one in found), key=lambda one: one.student)
    return disguised_found, replace(
        settlement,
        course=settlement.course.knows_students_as(lambda name: called.get(name, name)),
        overrides={
            called[student]: tuple(replace(row, student=called[student], reason=hide(row.reason)) for row in rows)
            for student, rows in settlement.overrides.items()
        },
        remarks={called[student]: [*map(hide, texts)] for student, texts in settlement.remarks.items()},
        disguise=Disguise(shared),
    )
