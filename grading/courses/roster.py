"""The roster of a course: everybody in it, from a CSV of one's own or as a course system exports it."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace

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
TEST_STUDENT = "Student, Test"  # with whom a teacher tries a course of Canvas; a row of its gradebook like any other
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
    def any_key(self):
        """What some course system knows the student by, or ""."""
        return first_there(
            self.told, (*(heading for headings in ID_COLUMNS.values() for heading in headings), *OTHER_KEYS)
        )

    def with_key_in_name(self):
        """The same person, whose name another one has, called as a download calls its students."""
        return replace(self, student=student_name(f"{self.student}_{self.any_key}"))

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
    found = {line: person for line, row in told_rows(path) if not is_test(row) and (person := person_of(row))}
    people, lines = told_apart(found), {}
    for line, person in people.items():
        for heading in KEY_HEADINGS & person.told.keys():
            first = lines.setdefault((heading, same_file_name(person.told[heading])), line)
            if first != line:
                why = f"{path} has the {heading} {person.told[heading]!r} in lines {first} and {line}"
                raise CourseFault(f"{why}; leave one of them.")
        first = lines.setdefault(same_file_name(person.student), line)
        if first != line:
            raise CourseFault(f"{path} has {person.student!r} in lines {first} and {line}; give one another `student`.")
    return list(people.values())


def left_out(path):
    """A sentence on each row of a roster that is nobody of the course, and looks like somebody.  Raises CourseFault."""
    for line, row in told_rows(path):
        if is_test(row):
            yield f"{path}, line {line}, is Canvas's own {TEST_STUDENT!r}, and is left out"


def told_rows(path):
    """[(line, {heading in lower case: text})] of a roster.  Raises CourseFault."""
    columns, rows = read_rows(path)
    headings = [name.lower() for name in columns]
    if not set(headings) & set(KNOWN):
        raise CourseFault(f"{path} has no column that names a student; call one of them `student`.")
    return [(line, {name.lower(): text for name, text in row.items()}) for line, row in rows]


def is_test(row):
    """Whether a row is of the student with whom a course of Canvas is tried; in Canvas's columns alone."""
    return row.get("student") == TEST_STUDENT and "id" in row


def told_apart(people):
    """The same line -> Person, those who share a name with the system's key behind it, if each of them has one."""
    sharing = defaultdict(list)
    for person in people.values():
        sharing[same_file_name(person.student)].append(person)
    apart = {name for name, those in sharing.items() if len(those) > 1 and all(person.any_key for person in those)}
    return {
        line: person.with_key_in_name() if same_file_name(person.student) in apart else person
        for line, person in people.items()
    }


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
