"""Whose submissions they are: everybody of the roster, each member of a group, and which attempts count."""

from collections import defaultdict
from dataclasses import dataclass, field, replace

from grading.courses.course import GROUPS_OF_THE_DOWNLOAD, NO_GROUPS, CourseFault
from grading.courses.roster import by_known_name, read_roster
from grading.courses.rows import need_columns, read_rows
from grading.downloads.attempt import Attempt
from grading.mark.student_names import same_file_name, student_name
from grading.mark.submission import Found, Row
from grading.report.tables import in_spreadsheet

GROUP_COLUMNS = ("group", "student")


@dataclass
class Enrolment:
    """The submissions of a course, and what is to be told of them.

    found      each Found, sorted; `rows` of a group's, and one without a path for each who handed in nothing
    remarks    student -> sentences for the result
    strangers  students that the roster does not have
    """

    found: list
    remarks: dict = field(default_factory=lambda: defaultdict(list))
    strangers: list = field(default_factory=list)
    known: dict = field(default_factory=dict)  # what a student may be called -> the names of results

    @property
    def rows(self):
        return [row for one in self.found for row in one.receivers]

    def called(self, name, place):
        """The name of the results of whom a file calls so.  Raises CourseFault for nobody, or several."""
        students = self.known.get(same_file_name(name), ())
        if len(students) != 1:
            why = "which several students are called" if students else "who handed in nothing and is in no roster"
            raise CourseFault(f"{place} names {name!r}, {why}; write the name as in grades.csv, or take it out.")
        return next(iter(students))


def enrol(found, course, words):
    """The Enrolment of what was found, by a Course's roster and groups.  Raises CourseFault."""
    people = read_roster(course.roster) if course.roster else []
    index = by_known_name(people)
    enrolment = Enrolment(list(found))
    share_among_groups(enrolment, course, index, words)
    seen = {}
    for row in enrolment.rows:
        person = person_of(row, index)
        if person:
            seen[row.student] = person
        elif people:
            enrolment.strangers.append(row.student)
    present = {id(person) for person in seen.values()}
    system = next((one.attempt.system for one in found if one.attempt), "")
    for person in people:
        if id(person) not in present:
            enrolment.found.append(absent(person, system))
            seen[person.student] = person
    enrolment.found.sort(key=lambda one: one.student)
    need_single_rows(enrolment.rows)
    learn_names(enrolment, seen)
    return enrolment


def person_of(row, index):
    """Who in the roster a row is, or None: by the system's key, by the name of the results, or by the name."""
    known = [row.attempt.key, row.student, row.attempt.name] if row.attempt else [row.student]
    return next((index[name] for name in map(same_file_name, known) if name in index), None)


def absent(person, system):
    """The Found of somebody who handed in nothing."""
    key = person.key(system)
    return Found(person.student, None, attempt=Attempt(key, person.name, {}, system=system) if key else None)


def share_among_groups(enrolment, course, index, words):
    """Give each group's submission a row for each of its members, and a remark."""
    if course.groups == NO_GROUPS:
        return
    listed = None if course.groups == GROUPS_OF_THE_DOWNLOAD else read_groups(course.groups)
    for place, one in enumerate(enrolment.found):
        names = [one.student, *((one.attempt.key, one.attempt.name) if one.attempt else ())]
        if listed is None:
            members = members_of(one.attempt)
        else:
            group = next((name for name in map(same_file_name, names) if name in listed), None)
            members = [(name, name) for name in listed.get(group, ())]
        if members:
            rows = tuple(member_row(name, key, one.attempt, index) for name, key in members)
            enrolment.found[place] = replace(one, rows=rows)
            remark = words.say("settled", "group", group=one.student, members=", ".join(name for name, _ in members))
            for row in rows:
                enrolment.remarks[row.student].append(remark)


def members_of(attempt):
    """[(name, key)] of the group whose attempt a download has; [] for a student alone."""
    return list(zip(attempt.members, attempt.member_keys, strict=True)) if attempt and len(attempt.members) > 1 else []


def member_row(name, key, attempt, index):
    """The row of a group's member, with what the system knows of the group's attempt, and the member's own key."""
    person = index.get(same_file_name(key)) or index.get(same_file_name(name))
    student = person.student if person else student_name(name)
    known_by = (person.key(attempt.system) if person and attempt else "") or key
    return Row(student, attempt and replace(attempt, key=known_by, name=(person.name if person else "") or name))


def read_groups(path):
    """A group's name, as compared -> its members, in the file's order.  Raises CourseFault."""
    columns, rows = read_rows(path)
    need_columns(path, columns, GROUP_COLUMNS)
    groups, groups_of = defaultdict(list), {}
    for line, row in rows:
        empty = next((name for name in GROUP_COLUMNS if not row.get(name)), None)
        if empty:
            raise CourseFault(f"{path}, line {line}, has no {empty}; fill it in.")
        first = groups_of.setdefault(same_file_name(row["student"]), line)
        if first != line:
            raise CourseFault(f"{path} has {row['student']!r} in lines {first} and {line}; leave one of them.")
        groups[same_file_name(row["group"])].append(row["student"])
    return dict(groups)


def need_single_rows(rows):
    """Raises CourseFault where two rows are one student's."""
    seen = {}
    for row in rows:
        first = seen.setdefault(same_file_name(row.student), row)
        if first is not row:
            raise CourseFault(
                f"{row.student!r} would have two results; a student can't be in two groups, nor hand in beside a group."
            )


def learn_names(enrolment, seen):
    """Everything that a file of the course may call a student, with the name as grades.csv has it."""
    for row in enrolment.rows:
        person = seen.get(row.student)
        names = {row.student, in_spreadsheet(row.student), *(person.known_as if person else ())}
        names |= {row.attempt.key, row.attempt.name} - {""} if row.attempt else set()
        for name in names:
            enrolment.known.setdefault(same_file_name(name), set()).add(row.student)
    for row in enrolment.rows:  # the name of a result is its own, whoever else has it as another name
        for name in (row.student, in_spreadsheet(row.student)):
            enrolment.known[same_file_name(name)] = {row.student}
