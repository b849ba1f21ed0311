"""A whole class by its course's rules: who gets a result, and what counts of what the marker said."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import partial

from grading.courses.course import ATTEMPTS, Course
from grading.courses.enrolment import enrol
from grading.courses.overrides import overrides_path, read_overrides
from grading.courses.pseudonyms import Disguise, read_keys, under_pseudonyms
from grading.courses.settle import settle
from grading.mark.files import find_submissions, wanted_files
from grading.mark.grade import Run, grade_found
from grading.mark.student_names import listed

NEWEST, NEWEST_IN_TIME, BEST = ATTEMPTS


@dataclass(frozen=True)
class Settlement:
    """What counts, student by student.

    room       with the course's points
    course     with extensions under the names of the results
    overrides  student -> Overrides
    remarks    student -> sentences
    disguise   what takes names out of results, where they are under pseudonyms, or None
    """

    room: object
    course: Course
    overrides: dict = field(default_factory=dict)
    remarks: dict = field(default_factory=dict)
    disguise: Disguise | None = None

    def own(self, result):
        """The marker's own Result as it may be kept."""
        return self.disguise.hide(result) if self.disguise else result

    def counted(self, row, found, marked):
        """The Result that counts for a Row, of the marker's own: one for `found` and each earlier attempt."""
        attempts = [row.attempt, *(one.attempt for one in found.earlier)]
        tries = list(zip(attempts, marked, strict=False))  # after a fault of ours there is one result alone
        attempt, result = max(tries, key=lambda one: self.worth(row.student, *one)) if len(tries) > 1 else tries[0]
        remarks = list(self.remarks.get(row.student, ()))
        if len(tries) > 1:
            remarks.append(self.room.words.say("settled", "attempt", count=len(tries), at=attempt.at))
        return self.settled(row.student, result, attempt, self.overrides.get(row.student, ()), remarks)

    def worth(self, student, attempt, result):
        """By what attempts are compared; of equal ones the newest counts.

        A decision on an item settles a doubt about it in every attempt, and says nothing of what was no doubt.
        """
        doubts = {item.id for item in result.items if item.status == "needs_review"}
        overrides = [one for one in self.overrides.get(student, ()) if one.item in doubts]
        settled = self.settled(student, result, attempt, overrides)
        return settled.score_possible, settled.score

    def settled(self, student, result, attempt, overrides, remarks=()):
        return settle(result, self.room, self.course, overrides, attempt, remarks)


@dataclass(frozen=True)
class Plan:
    """What is to be marked by a course's rules, before anything is.

    room        as the marker uses it
    found       each Found
    settlement  or None, where all that the marker says counts
    warnings    sentences for whoever marks
    """

    room: object
    found: list
    settlement: Settlement | None
    warnings: tuple = ()


def planned(room, path, out, course):
    """The Plan for what lies under `path`.  Raises NoSubmissions, CourseFault."""
    found = find_submissions(path, wanted_files(room), out, every_attempt=course.attempt != NEWEST)
    return planned_for(room, found, out, course)


def planned_for(room, found, out, course):
    """The Plan for what was found, each a Found, with the decisions beside the course or in `out`.

    Raises CourseFault.
    """
    place = overrides_path(course, out)
    if course == Course() and not place.is_file():
        return Plan(room, found, None)
    marking_room = replace(room, options=room.options | course.options)
    shown = replace(marking_room, points=room.points | course.points)
    enrolment = enrol(found, course, room.words)
    course = course.knows_students_as(lambda name: enrolment.called(name, f"{course.path}, extensions,"))
    keys = read_keys(course.pseudonyms, out) if course.pseudonyms else None
    called = (lambda name, line: enrolment.called(keys.student_of(name), line)) if keys else enrolment.called
    overrides = read_overrides(place, shown.items, called)
    if course.attempt == NEWEST_IN_TIME:
        enrolment = replace(enrolment, found=newest_in_time_of(enrolment.found, course))
    warned = tuple(warnings(enrolment, course))
    found, settlement = enrolment.found, Settlement(shown, course, overrides, enrolment.remarks)
    if keys:
        found, settlement = under_pseudonyms(found, settlement, keys, enrolment.people)
    return Plan(marking_room, found, settlement, warned)


def newest_in_time_of(found, course):
    """Each Found's attempt that is not late, the newest; where all are, or nothing tells, the newest of all."""
    return tuple(chosen for one in found for chosen in newest_in_time(one, course))


def newest_in_time(found, course):
    """A Found for each attempt that counts of it, with whose it is: an extension is one member's own."""
    if not found.earlier:
        return [found]
    attempts, rows_of = [found, *found.earlier], defaultdict(list)
    for row in found.receivers:
        in_time = (place for place, one in enumerate(attempts) if not course.lateness(row.student, one.attempt).days)
        rows_of[next(in_time, 0)].append(row)
    return [with_attempt(found, attempts[place], rows) for place, rows in sorted(rows_of.items())]


def with_attempt(found, chosen, rows):
    """The Found with one of its attempts alone, for some of those who share it."""
    when = {"at": chosen.attempt.at, "late": chosen.attempt.late}
    rows = [replace(row, attempt=replace(row.attempt, **when)) for row in rows]
    return replace(chosen, student=found.student, earlier=(), rows=tuple(rows) if found.rows else ())


def warnings(enrolment, course):
    """Sentences on what the course's files leave open."""
    if enrolment.strangers:
        yield f"not in the roster, and marked: {listed(sorted(enrolment.strangers))}"
    if enrolment.unfound:
        yield f"in {course.groups.name}, and nothing is handed in under that name: {listed(enrolment.unfound)}"
    handed_in = [row for one in enrolment.found if one.path for row in one.receivers]
    unknown = [row.student for row in handed_in if course.lateness(row.student, row.attempt).days is None]
    if course.deadline and unknown:
        whom = "everybody" if len(unknown) == len(handed_in) else listed(unknown)
        yield f"when it was handed in is not known, and taken for in time: {whom}"


def grade_course(room, path, out, course, begun=None, **run):
    """As `grading.mark.grade.grade`, by a course's rules: a MarkedClass.  Raises CourseFault besides.

    begun   called with the sentences of warning once all that was asked for is found right
    """
    plan = planned(room, path, out, course)
    run = Run(**run, begun=begun and partial(begun, plan.warnings), settlement=plan.settlement)
    return grade_found(plan.room, plan.found, out, run)
