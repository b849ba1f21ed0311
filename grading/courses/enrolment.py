"""Whose submissions they are: everybody of the roster, each member of a group, and which attempts count."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property

from grading.courses.course import GROUPS_OF_THE_DOWNLOAD, NO_GROUPS, CourseFault
from grading.courses.roster import by_known_name, read_roster
from grading.courses.rows import need_columns, read_rows
from grading.downloads.attempt import Attempt
from grading.mark.student_names import same_file_name, student_name
from grading.mark.submission import Found, Row
from grading.report.tables import in_spreadsheet

GROUP_COLUMNS = ("group", "student")


@dataclass(frozen=True)
class Enrolment:
    """The submissions of a course, and what is to be told of them.

    found      each Found, sorted; `rows` of a group's, and one without a path for each who handed in nothing
    remarks    student -> sentences for the result
    people     student -> Person, for each who is in the roster
    strangers  students that the roster does not have
    unfound    groups of the file of groups under whose name nothing is handed in
    """

    found: tuple
    remarks: dict = field(default_factory=dict)
    people: dict = field(default_factory=dict)
    strangers: tuple = ()
    unfound: tuple = ()

    @property
    def rows(self):
        return [row for one in self.found for row in one.receivers]

    @cached_property
    def known(self):
        """What a file of the course may call a student -> the names of results; a result's own name is its alone."""
        known = defaultdict(set)
        for row in self.rows:
            attempt = {row.attempt.key, row.attempt.name} - {""} if row.attempt else set()
            roster = self.people[row.student].known_as if row.student in self.people else ()
            for name in {*attempt, *roster}:
                known[same_file_name(name)].add(row.student)
        own = {same_file_name(name): {row.student} for row in self.rows for name in own_names(row)}
        return known | own

    def called(self, name, place):
        """The name of the results of whom a file calls so.  Raises CourseFault for nobody, or several."""
        students = self.known.get(same_file_name(name), ())
        if len(students) != 1:
            why = "which several students are called" if students else "who handed in nothing and is in no roster"
            raise CourseFault(f"{place} names {name!r}, {why}; write the name as in grades.csv, or take it out.")
        return next(iter(students))


def own_names(row):
    return row.student, in_spreadsheet(row.student)


def enrol(found, course, words):
    """The Enrolment of what was found, by a Course's roster and groups.  Raises CourseFault."""
    roster = read_roster(course.roster) if course.roster else []
    index = by_known_name(roster)
    shared, remarks, unfound = shared_among_groups(found, course, index, words)
    rows = [row for one in shared for row in one.receivers]
    need_single_rows(rows)
    present = people_in(rows, index)
    there = {id(person) for person in present.values()}
    missing = [person for person in roster if id(person) not in there]
    system = next((one.attempt.system for one in found if one.attempt), "")
    everybody = sorted([*shared, *(absent(person, system) for person in missing)], key=lambda one: one.student)
    need_single_rows([row for one in everybody for row in one.receivers])
    people = present | {person.student: person for person in missing}
    strangers = tuple(row.student for row in rows if row.student not in present) if roster else ()
    return Enrolment(tuple(everybody), remarks, people, strangers, unfound)


def person_of(row, index):
    """Who in the roster a row is, or None: by the system's key, by the name of the results, or by the name."""
    known = [row.attempt.key, row.student, row.attempt.name] if row.attempt else [row.student]
    return next((index[name] for name in map(same_file_name, known) if name in index), None)


def people_in(rows, index):
    """student -> Person, for each of some Rows who is in the roster.  Raises CourseFault where two rows are one person.

    Of several whom only a name makes one person, it is the one whose key the roster has; the others are strangers.
    """
    claims = defaultdict(list)
    for row in rows:
        if person := person_of(row, index):
            claims[id(person)].append((row, person))
    people = {}
    for claimed in claims.values():
        (row, person), *others = [one for one in claimed if is_by_key(*one)] or claimed
        if others:
            both = f"{row.student!r} and {others[0][0].student!r}"
            raise CourseFault(
                f"{both} are one person of the roster and would have two results; leave one, or take it out of a group."
            )
        people[row.student] = person
    return people


def is_by_key(row, person):
    """Whether the roster has the key by which the course system knows a row."""
    return row.attempt is not None and same_file_name(row.attempt.key) in map(same_file_name, person.known_as)


def absent(person, system):
    """The Found of somebody who handed in nothing."""
    key = person.key(system)
    return Found(person.student, None, attempt=Attempt(key, person.name, {}, system=system) if key else None)


def shared_among_groups(found, course, index, words):
    """([Found], {student: [remark]}, groups that are not found).

    Each group's submission has a row for each of its members, and a remark.
    """
    if course.groups == NO_GROUPS:
        return list(found), {}, ()
    listed = None if course.groups == GROUPS_OF_THE_DOWNLOAD else read_groups(course.groups)
    shared, remarks, there = [], defaultdict(list), set()
    for one in found:
        group = None if listed is None else group_of(one, listed)
        there.add(group)
        members = members_of(one.attempt) if listed is None else [(name, name) for name in listed.get(group, ())]
        rows = tuple(member_row(name, key, one.attempt, index) for name, key in members)
        shared.append(replace(one, rows=rows))
        names = ", ".join(name for name, _ in members)
        for row in rows:
            remarks[row.student].append(words.say("settled", "group", group=one.student, members=names))
    return shared, dict(remarks), tuple(group for group in listed or () if group not in there)


def group_of(one, listed):
    """The group of a file of groups whose submission was found, as compared; None for a student alone."""
    names = [one.student, *((one.attempt.key, one.attempt.name) if one.attempt else ())]
    return next((name for name in map(same_file_name, names) if name in listed), None)


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
