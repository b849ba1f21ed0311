"""The roster of a course: everybody in it, from a CSV of one's own or as a course system exports it."""

from collections import Counter
from dataclasses import dataclass, field

from grading.courses.course import CourseFault
from grading.courses.rows import read_rows
from grading.mark.student_names import same_file_name, student_name

# What a column of a roster is to us, by its heading in lower case; other columns are not looked at.
NAMES = ("student", "name", "full name")
KEYS = {
    "canvas": ("id",),
    "moodle": ("identifier",),
    "blackboard": ("username",),
    "gradescope": ("sid", "student id", "email", "email address"),
}
OTHER_KEYS = ("sis user id", "sis login id", "id number")
KNOWN = (*NAMES, *(heading for headings in KEYS.values() for heading in headings), *OTHER_KEYS)
NOBODY = "Points Possible"  # a row of Canvas's gradebook
BEFORE_IDENTIFIER = "Participant "  # in Moodle's worksheet; its downloads have the number alone


@dataclass(frozen=True)
class Person:
    """One row: how the student is called in results who handed in nothing, and all that a system may call them."""

    student: str
    told: dict = field(default_factory=dict)  # heading in lower case -> text

    @property
    def known_as(self):
        return tuple(self.told.values())

    def key(self, system):
        """What a course system knows the student by, or ""."""
        return next((self.told[heading] for heading in KEYS.get(system, ()) if heading in self.told), "")

    @property
    def name(self):
        return next((self.told[heading] for heading in NAMES if heading in self.told), "")


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
    return Person(student_name(next(told[heading] for heading in KNOWN if heading in told)), told)


def by_known_name(people):
    """name as compared -> Person, for each name that is one person's alone."""
    names = [(same_file_name(name), person) for person in people for name in {*person.known_as, person.student}]
    counts = Counter(name for name, _ in names)
    return {name: person for name, person in names if counts[name] == 1}
