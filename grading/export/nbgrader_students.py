"""How nbgrader's students are called: what a course's roster, or the key of pseudonyms, knows of each."""

from grading.courses.course import CourseFault
from grading.courses.course_file import read_course
from grading.courses.pseudonyms import is_pseudonym
from grading.courses.roster import by_known_name, first_and_last, read_roster
from grading.export.course_grades import identities_of
from grading.export.kinds import ExportFault
from grading.mark.student_names import same_file_name


def known_students(room, students, course_file=None, keys=None):
    """student's id -> {"first_name": ..., "last_name": ..., "email": ...}; {} for whom nothing is known.

    course_file   a course.toml, of which the roster is read; or None
    keys          the key file of the pseudonyms by which the course knows its students; or None

    Raises ExportFault.
    """
    try:
        roster = by_known_name(people_of(room, course_file))
        identities = identities_of(keys) if keys else {}
    except CourseFault as reason:
        raise ExportFault(str(reason)) from None
    unknown = [student for student in students if is_pseudonym(student) and student not in identities]
    if keys and unknown:
        raise ExportFault(f"{keys} does not know {unknown[0]!r}; give the key by which the course has its pseudonyms.")
    return {student: told_of(student, identities.get(student), roster) for student in students}


def people_of(room, course_file):
    """Each Person of the course's roster.  Raises CourseFault; ExportFault where the course has none."""
    if course_file is None:
        return []
    roster = read_course(course_file, room).roster
    if roster is None:
        raise ExportFault(f"{course_file} has no roster, and nothing else of it counts here; add one, or leave it out.")
    return read_roster(roster)


def told_of(student, identity, roster):
    """What is known of one student, by their id or by the Identity behind their pseudonym."""
    names = [identity.student, identity.key, identity.name] if identity else [student]
    person = next((roster[name] for name in map(same_file_name, names) if name in roster), None)
    if person is None and identity is None:
        return {}
    first, last = person.first_and_last if person else first_and_last(identity.name or identity.student)
    names = {"first_name": first, "last_name": last} if first or last else {}  # formgrader calls one alone None
    return names | ({"email": person.email} if person and person.email else {})
