"""export nbgrader-scores COURSE: mark what was handed in with our own marker, and write it into the course's gradebook.

Each student's notebook is marked in the sandbox; points go to the test cells and the four lines to the solution cells,
where nbgrader's feedback and formgrader show them.  Nothing that a person gave is touched: nbgrader counts a manual
score before ours.
"""

import os
import subprocess
import sys
import warnings
from pathlib import Path

from nbgrader.api import InvalidEntry, MissingEntry
from sqlalchemy.exc import SAWarning, SQLAlchemyError

from grading.courses.course import CourseFault
from grading.courses.settlement import planned_for
from grading.export.graded_cells import parts_of
from grading.export.kinds import ExportFault
from grading.export.nbgrader_course import grade_id
from grading.export.nbgrader_folder import open_course
from grading.export.nbgrader_students import CourseOfExport, known_students
from grading.export.nbgrader_times import tells_no_time
from grading.mark.files import Found
from grading.mark.grade import Run, grade_found
from grading.mark.output import UnusableOutput
from grading.mark.result import plain
from grading.mark.student_names import listed, same_file_name, student_name
from grading.room import REPOSITORY

AGAIN = "nothing is in the gradebook yet; the same command begins anew"


def export(room, source, out, course_file=None, keys=None):
    """Mark the course's submissions into `out`, and write the scores, and names that are known, into its gradebook.

    course_file, keys   see `CourseOfExport`, `known_students`

    Raises ExportFault; Stopped where the marking was interrupted.
    """
    course = open_course(room, Path(source))
    students = course.students()
    if not students:
        missing = course.folder(course.directory.submitted_directory, "STUDENT")
        raise ExportFault(f"{source} has no submission; collect them as {missing}.")
    by_name = names_of(students)
    submitted = course.directory.submitted_directory
    whole = course.holds_modules(room)
    found = [
        found_in(course.folder(submitted, student), name, room, whole) for name, student in sorted(by_name.items())
    ]
    try:
        rules = CourseOfExport.of(room, course_file)
        called = known_students(students, rules.rules, keys)
        plan = planned_for(room, found, out, rules.rules)
        handed_in = [
            one for one in plan.found if one.path
        ]  # whoever is in the roster alone has no row in the gradebook
        marked = grade_found(room, handed_in, out, Run(settlement=plan.settlement, goes_on=AGAIN))
    except (UnusableOutput, CourseFault) as reason:
        raise ExportFault(str(reason)) from None
    parts = parts_of(room)
    kept = 0
    for result in marked.results:
        student = by_name[result.student]
        kept += record(course, student, called[student], result, room, parts)
    unread = write_notebooks(Path(source), course)
    untimed = [one for one in students if tells_no_time(course.folder(submitted, one))]
    return [*said(course, marked, kept, unread, untimed), *said_of(course_file, rules.unused)]


def said_of(course_file, unused):
    """A sentence where a course's file sets what does not count in nbgrader."""
    if unused:
        yield f"of {course_file} the roster and overrides.csv beside it count here, and not: {', '.join(unused)}."


def names_of(students):
    """A name that is safe as a file's -> the student's id.  Raises ExportFault where two are one."""
    by_name = {student_name(student): student for student in students}
    if len({same_file_name(name) for name in by_name}) < len(students):
        raise ExportFault("two students have ids that are one file name; rename one of their folders in submitted/.")
    return by_name


def found_in(folder, name, room, whole):
    """Where a student's notebook lies; without one of that name, or where the `whole` counts, all that is there."""
    notebook = folder / room.notebook
    return Found(name, folder if whole or not os.path.lexists(notebook) else notebook)


def record(course, student, called, result, room, parts):
    """Write one Result into the gradebook, whole or not at all; how many manual scores stay.  Raises ExportFault.

    called  the student's names and address, as far as they are known; those that are there stay otherwise
    parts   the Parts of the room: each has one solution cell, which takes the comment on its items
    """
    place = (course.assignment, course.assignment)
    folder = course.folder(course.directory.submitted_directory, student)
    timestamp = course.directory.get_existing_timestamp(str(folder))
    by_id = {item.id: item for item in result.items}
    manual = 0
    try:
        with course.gradebook() as gradebook, warnings.catch_warnings():
            warnings.simplefilter("ignore", SAWarning)  # nbgrader builds a submission in an order that SQLAlchemy notes
            gradebook.update_or_create_student(student, **called)
            more = {"timestamp": timestamp} if timestamp else {}
            gradebook.update_or_create_submission(course.assignment, student, **more)
            for item in room.items.values():
                if item.points:
                    grade = gradebook.find_grade(grade_id(item.id), *place, student)
                    in_doubt = by_id[item.id].status == "needs_review"
                    grade.auto_score = None if in_doubt else by_id[item.id].points
                    grade.needs_manual_grade = in_doubt and grade.manual_score is None
                    manual += grade.manual_score is not None
            for part in parts:
                comment = gradebook.find_comment(part.name, *place, student)
                comment.auto_comment = comment_on([by_id[item.id] for item in part.items], result, room.words)
            gradebook.db.commit()
    except (SQLAlchemyError, InvalidEntry, MissingEntry) as reason:  # nbgrader's own hold what SQLAlchemy said
        why = (str(reason).splitlines() or [type(reason).__name__])[0]
        raise ExportFault(
            f"the gradebook took the scores of everyone before {plain(student)}, and then failed ({why}); "
            "close what else uses it, and run the same command again."
        ) from None
    return manual


def comment_on(items, result, words):
    """The comment on a solution cell, in Markdown: what was lost, with its four lines, and below it what is right.

    What was lost comes first, since formgrader shows the first lines of a comment.  The four lines are indented, so
    that nothing that a student wrote is taken for Markdown or HTML.
    """
    blocks = [indented(result.notes)] if result.status == "rejected" else []
    for item in sorted(items, key=lambda item: item.status == "passed"):
        blocks.append(f"**{words.item(item.id, 'title')}**: {item.points:g} / {item.max_points:g}")
        lines = [words.labelled(key, getattr(item, key)) for key in ("saw", "expected", "cause", "next")]
        if item.status != "passed" and result.status != "rejected":
            blocks.append(indented(f"{label:<10}{text}" for label, text in lines if text))
    return "\n\n".join(blocks)


def indented(lines):
    """Lines as Markdown shows them as they are."""
    return "\n".join("    " + " ".join(line.splitlines()) for line in lines)


def write_notebooks(folder, course):
    """Make the notebooks of autograded/, in a process of its own; who handed in one that nbgrader can't read."""
    command = [sys.executable, "-m", "grading.export.nbgrader_notebooks", str(folder.resolve()), course.assignment]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ExportFault(
            "the scores are in the gradebook, but the notebooks for formgrader and feedback could not be made "
            f"({(done.stderr.strip().splitlines() or ['no reason told'])[-1]}); run the same command again."
        )
    graded = course.directory.autograded_directory
    return [s for s in course.students() if not (course.folder(graded, s) / f"{course.assignment}.ipynb").is_file()]


def said(course, marked, kept, unread, untimed=()):
    """The sentences that tell what was done."""
    doubts = [result.student for result in marked.results if result.status == "needs_review"]
    lines = [
        f"{len(marked.students)} submissions are marked and in the gradebook: {course.directory.db_url}",
        f"grades, feedback pages and the page of the class, as `grade` writes them: {marked.out}",
    ]
    lines += [f"{kept} scores that a person gave are kept; they count, not ours."] if kept else []
    lines += [f"a person has to decide on: {listed(doubts)} (formgrader, Manual Grading)."] if doubts else []
    lines += [f"no notebook to show, since nbgrader can't read it: {listed(unread)}."] if unread else []
    lines += [f"no time of handing in, since timestamp.txt tells none: {listed(untimed)}."] if untimed else []
    return [*lines, f"next, in the course folder: nbgrader generate_feedback {course.assignment}"]
