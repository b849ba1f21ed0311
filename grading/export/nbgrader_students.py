"""What a course's own files say of nbgrader's students: names from roster or key, and what people decided."""

from dataclasses import dataclass, field, fields, replace

from grading.courses.course import GROUPS_OF_THE_DOWNLOAD, Course
from grading.courses.course_file import read_course
from grading.courses.overrides import OVERRIDES
from grading.courses.pseudonyms import is_pseudonym
from grading.courses.roster import by_known_name, first_and_last, read_roster
from grading.export.course_grades import identities_of
from grading.export.kinds import ExportFault
from grading.mark.student_names import same_file_name


@dataclass(frozen=True)
class CourseOfExport:
    """What of a course.toml counts in an export to nbgrader.

    rules    a Course with the place of overrides.csv, and with the roster
    unused   the keys of the file that count for nothing there
    """

    rules: Course = field(default_factory=Course)
    unused: tuple = ()

    @classmethod
    def of(cls, room, course_file):
        """Of a file, or of None.  Raises CourseFault; ExportFault where nothing of the file counts."""
        if course_file is None:
            return cls()
        course = read_course(course_file, room)
        if course.roster is None and not (course_file.parent / OVERRIDES).is_file():
            why = f"{course_file} has no roster, and no {OVERRIDES} lies beside it"
            raise ExportFault(f"{why}: nothing else of it counts here; add one, or leave it out.")
        used = Course(path=course.path, roster=course.roster)
        without = replace(used, groups=GROUPS_OF_THE_DOWNLOAD)  # a file's default
        names = [one.name for one in fields(Course) if getattr(course, one.name) != getattr(without, one.name)]
        return cls(used, tuple(names))


def known_students(students, course, keys=None):
    """student's id -> {"first_name": ..., "last_name": ..., "email": ...}; {} for whom nothing is known.

    course   a Course, of which the roster is read
    keys     the key file of the pseudonyms by which nbgrader knows its students; or None

    Raises CourseFault, ExportFault.
    """
    roster = by_known_name(read_roster(course.roster)) if course.roster else {}
    identities = identities_of(keys) if keys else {}
    unknown = [student for student in students if is_pseudonym(student) and student not in identities]
    if keys and unknown:
        raise ExportFault(f"{keys} does not know {unknown[0]!r}; give the key by which the course has its pseudonyms.")
    return {student: told_of(student, identities.get(student), roster) for student in students}


def told_of(student, identity, roster):
    """What is known of one student, by their id or by the Identity behind their pseudonym."""
    names = [identity.student, identity.key, identity.name] if identity else [student]
    person = next((roster[name] for name in map(same_file_name, names) if name in roster), None)
    if person is None and identity is None:
        return {}
    first, last = person.first_and_last if person else first_and_last(identity.name or identity.student)
    names = {"first_name": first, "last_name": last} if first or last else {}  # formgrader calls one alone None
    return names | ({"email": person.email} if person and person.email else {})
