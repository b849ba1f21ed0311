"""Whom a file of the course means, by what is marked already: the results, and whom the course's files know them as."""

from dataclasses import dataclass

from grading.courses.course import CourseFault
from grading.courses.enrolment import Enrolment, people_in
from grading.courses.pseudonyms import read_keys
from grading.courses.roster import by_known_name, read_roster
from grading.downloads.attempt import Attempt
from grading.downloads.register import read_register
from grading.mark.student_names import same_file_name
from grading.mark.submission import Found, Row


@dataclass(frozen=True)
class MarkedNames:
    """The names of a marked class.

    enrolment   of the students by their own names, also where the results are under pseudonyms
    results     a student's own name or pseudonym, as compared -> the name of the results
    """

    enrolment: Enrolment
    results: dict

    @classmethod
    def of(cls, folder, students, course):
        """Those of the students of a marked folder, with a course's roster and key file.  Raises CourseFault."""
        register = register_of(folder)
        identities = read_keys(course.pseudonyms, folder).identities if course.pseudonyms else {}
        rows = [row_of(student, identities.get(student), register.get(student)) for student in students]
        index = by_known_name(read_roster(course.roster)) if course.roster else {}
        found = tuple(Found(row.student, None, attempt=row.attempt) for row in rows)
        own = {same_file_name(row.student): student for student, row in zip(students, rows, strict=True)}
        return cls(
            Enrolment(found, people=people_in(rows, index)),
            own | {same_file_name(student): student for student in students},
        )

    def called(self, name):
        """The name of the results of whom a row calls so; a name of nobody here, or of several, as it is."""
        if same_file_name(name) in self.results:
            return self.results[same_file_name(name)]
        try:
            return self.results[same_file_name(self.enrolment.called(name, ""))]
        except CourseFault:
            return name


def row_of(student, identity, entry):
    """The Row of one result: by the Identity behind its pseudonym, else by the register's Entry, else by its name."""
    if identity:
        return Row(identity.student, Attempt(identity.key or identity.student, identity.name, {}))
    return Row(student, Attempt(entry.key, entry.name, {}, system=entry.system) if entry else None)


def register_of(folder):
    """student -> Entry of a download that was marked; {} where it was none, or nothing whole is written of it."""
    try:
        return read_register(folder)
    except (OSError, ValueError, TypeError):
        return {}
