"""The roster of a course: everybody in it, from a CSV of one's own or as a course system exports it."""

from collections import Counter
from dataclasses import dataclass, field

from grading.courses.course import CourseFault
from grading.courses.rows import read_rows
from grading.mark.student_names import same_file_name, student_name

# What a column of a roster is to us, by its heading in lower case; other columns are not looked at.
NAMES = ("student", "name", "full name")
ID_COLUMNS = {
    "canvas": ("id",),
    "moodle": ("identifier",),
    "blackboard": ("username",),
    "gradescope": ("sid", "student id", "email", "email address"),
}
OTHER_KEYS = ("sis user id", "sis login id", "id number")
KEY_HEADINGS = {heading for headings in ID_COLUMNS.values() for heading in headings} | {*OTHER_KEYS}
KNOWN = (*NAMES, *(heading for headings in ID_COLUMNS.values() for heading in headings), *OTHER_KEYS)
FIRST_NAMES, LAST_NAMES = ("first name", "first_name", "given name"), ("last name", "last_name", "surname")
EMAILS = ("email", "email address")
NOBODY = "Points Possible"  # a row of Canvas's gradebook
BEFORE_IDENTIFIER = "Participant "  # in Moodle's worksheet; its downloads have the number alone


@dataclass(frozen=True)
class Person:
    """One row: how the student is called in results who handed in nothing, and all that a system may call them."""

    student: str
    told: dict = field(default_factory=dict)  # heading in lower case -> text
    parts: dict = field(default_factory=dict)  # the same, of first and last names, by which nobody is found

    @property
    def known_as(self):
        return tuple(self.told.values())

    def key(self, system):
        """What a course system knows the student by, or ""."""
        return first_there(self.told, ID_COLUMNS.get(system, ()))

    @property
    def name(self):
        return first_there(self.told, NAMES)

    @property
    def first_and_last(self):
        """(first name, last name), "" for what is not known."""
        parts = first_there(self.parts, FIRST_NAMES), first_there(self.parts, LAST_NAMES)
        return parts if any(parts) else first_and_last(self.name)

    @property
    def email(self):
        return first_there(self.told, EMAILS)

    @property
    def full_names(self):
        """All that tells by itself who it is: names, ids, addresses, and first and last name in either order."""
        first, last = self.first_and_last
        both = (f"{first} {last}", f"{last} {first}", f"{last}, {first}", last + first) if first and last else ()
        return (*self.known_as, *both)


def first_there(told, headings):
    return next((told[heading] for heading in headings if heading in told), "")


def first_and_last(name):
    """(first name, last name) of a name; one without a comma is the last, since nobody knows where it is to be cut."""
    last, _, first = (part.strip() for part in name.partition(","))
    return first, last


def read_roster(path):
    """Each Person of a roster, in its order.  Raises CourseFault."""
    columns, rows = read_rows(path)
    headings = [name.lower() for name in columns]
    if not set(headings) & set(KNOWN):
        raise CourseFault(f"{path} has no column that names a student; call one of them `student`.")
    people, lines = [], {}
    for line, row in rows:
        person = person_of({heading: row.get(name, "") for name, heading in zip(columns, headings, strict=True)})
        if person is None:
            continue
        for heading in KEY_HEADINGS & person.told.keys():
            first = lines.setdefault((heading, same_file_name(person.told[heading])), line)
            if first != line:
                why = f"{path} has the {heading} {person.told[heading]!r} in lines {first} and {line}"
                raise CourseFault(f"{why}; leave one of them.")
        first = lines.setdefault(same_file_name(person.student), line)
        if first != line:
            raise CourseFault(f"{path} has {person.student!r} in lines {first} and {line}; give one another `student`.")
        people.append(person)
    return people


def person_of(row):
    """The Person of a row, or None where it names nobody."""
    told = {heading: text for heading, text in row.items() if heading in KNOWN and text}
    if "identifier" in told:
        told["identifier"] = told["identifier"].removeprefix(BEFORE_IDENTIFIER)
    if not told or NOBODY in told.values():
        return None
    parts = {heading: text for heading, text in row.items() if heading in (*FIRST_NAMES, *LAST_NAMES) and text}
    return Person(student_name(first_there(told, KNOWN)), told, parts)


def by_known_name(people):
    """name as compared -> Person, for each name that is one person's alone."""
    names = [(same_file_name(name), person) for person in people for name in {*person.known_as, person.student}]
    counts = Counter(name for name, _ in names)
    return {name: person for name, person in names if counts[name] == 1}
