"""Grades as the course system takes them back in, from the results of its own download.

A submission that waits for a person has no grade yet: its cell stays empty, so that a doubt is never taken for a mark.
"""

import csv
import io
from dataclasses import replace

from grading.courses.course import CourseFault
from grading.courses.marked import MarkedFault, whole_result
from grading.courses.pseudonyms import is_pseudonym, read_keys
from grading.downloads.register import read_register
from grading.export.kinds import ExportFault
from grading.export.writing import writable
from grading.mark.student_names import listed
from grading.report.tables import in_spreadsheet
from grading.whole_files import write_whole


def canvas(room, source, out, keys=None):
    """The gradebook's own columns; Canvas finds a student by ID, and the assignment by its title."""
    heading = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", room.title]

    def row(entry, result):
        return [in_spreadsheet(entry.name), entry.key, "", "", "", grade_of(result)]

    return write_grades("canvas", source, out, heading, row, keys)


def moodle(room, source, out, keys=None):
    """The offline grading worksheet; Moodle finds a student by the identifier."""
    heading = ["Identifier", "Full name", "Grade", "Feedback comments"]

    def row(entry, result):
        return [f"Participant {entry.key}", in_spreadsheet(entry.name), grade_of(result), in_spreadsheet(lost(result))]

    return write_grades("moodle", source, out, heading, row, keys)


def blackboard(room, source, out, keys=None):
    """User name and one column; Blackboard finds a student by the user name."""

    def row(entry, result):
        return [in_spreadsheet(entry.key), grade_of(result)]

    return write_grades("blackboard", source, out, ["Username", room.title], row, keys)


def write_grades(system, source, out, heading, row, keys=None):
    """Write the table; the sentences to tell.  `keys`: the key file of pseudonyms.  Raises ExportFault."""
    entries = entries_of(system, source)
    if keys:
        entries = with_names(entries, keys)
    elif any(is_pseudonym(entry.key) for entry in entries.values()):
        raise ExportFault(f"{source} holds pseudonyms, which {system} does not know; give their key with --keys FILE.")
    text, waiting = io.StringIO(), []
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heading)
    for student, entry in entries.items():
        result = result_of(source, student)
        writer.writerow(row(entry, result))
        waiting += [student] if result.status == "needs_review" else []
    with writable(out):
        write_whole(out, "\ufeff" + text.getvalue())  # the mark by which spreadsheets know UTF-8
    told = [f"{out}: {len(entries)} students"]
    return told + ([f"no grade yet, a person has to look first: {listed(waiting)}"] if waiting else [])


def entries_of(system, source):
    """student -> Entry of the marked download.  Raises ExportFault."""
    try:
        entries = read_register(source)
    except OSError as reason:
        why = f"{source} holds no results of a download ({reason.strerror}); mark the download with grade first."
        raise ExportFault(why) from None
    except (ValueError, TypeError):
        raise ExportFault(f"{source}/students.json is not as grade wrote it; mark the download again.") from None
    others = sorted({entry.system for entry in entries.values()} - {system})
    if others:
        raise ExportFault(f"{source} holds a download of {others[0]}, not of {system}; export {others[0]}-grades.")
    return entries


def with_names(entries, path):
    """The entries with the names and keys that pseudonyms stand for.  Raises ExportFault."""
    identities = identities_of(path)
    missing = [student for student in entries if student not in identities]
    if missing:
        raise ExportFault(f"{path} does not know {missing[0]!r}; give the key with which the class was marked.")
    people = {student: identities[student] for student in entries}
    return {student: replace(entries[student], key=one.key, name=one.name) for student, one in people.items()}


def identities_of(path):
    """pseudonym -> Identity of a key file.  Raises ExportFault."""
    if not path.is_file():
        raise ExportFault(f"{path} is not there; give the file that `pseudonyms` names in course.toml.")
    try:
        return read_keys(path).identities
    except CourseFault as reason:
        raise ExportFault(str(reason)) from None


def result_of(source, student):
    """A student's Result.  Raises ExportFault."""
    try:
        return whole_result(source, student)
    except MarkedFault:
        raise ExportFault(f"{source} has no whole result of {student}; mark the rest with grade --resume.") from None


def grade_of(result):
    return "" if result.status == "needs_review" else f"{result.score:g}"


def lost(result):
    """One line for a student: what was lost, and how much; and what people and the course's rules changed."""
    if result.status == "rejected":
        return " ".join(result.notes)
    items = [item for item in result.items if item.points < item.max_points]
    lines = [f"{item.id} {item.points:g}/{item.max_points:g}: {item.next}" for item in items]
    return "; ".join([*lines, *result.grader.get("settled", {}).get("changes", ())])
