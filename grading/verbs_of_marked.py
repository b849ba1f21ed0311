"""The verbs for a folder that `grade` wrote: what waits in it for a person, why a mark is right, and its end."""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from grading.command_line import WRONG_USAGE, AssignmentName, LanguageName, fail, given_path
from grading.room import MAIN_ASSIGNMENT, open_room


def add_to(app):
    """Give the command line these verbs."""
    for verb in (review, receipt, purge):
        app.command()(verb)


def review(
    folder: Annotated[Path, typer.Argument(parser=given_path, metavar="DIR", help="The folder that grade wrote.")],
    submissions: Annotated[
        Path | None,
        typer.Option("--submissions", parser=given_path, metavar="PATH", help="What was marked: tells code alike."),
    ] = None,
    course: Annotated[
        Path | None, typer.Option("--course", parser=given_path, metavar="FILE", help="As for grade.")
    ] = None,
    decisions: Annotated[
        list[str] | None,
        typer.Option("--decide", metavar="GROUP=POINTS", help="For all of a group: points, all, none."),
    ] = None,
    reviewer: Annotated[str, typer.Option("--reviewer", help="Who decides.")] = "",
    reason: Annotated[str, typer.Option("--reason", help="Why, in a sentence that students read.")] = "",
    assignment: AssignmentName = MAIN_ASSIGNMENT,
    language: LanguageName = None,
):
    """What waits for a person, alike cases together; a decision for all of a group goes into overrides.csv.

    On a terminal, without --decide, it asks for each group.

    Example: python -m grading review marked --decide gru.candidate-3f2a=all --reviewer Kim --reason "right, in einsum"
    """
    from grading.courses.course import CourseFault
    from grading.courses.folder_review import FolderReview
    from grading.courses.marked import MarkedFault
    from grading.courses.review import ReviewFault
    from grading.mark.files import NoSubmissions

    try:
        work = FolderReview.of(open_room(assignment, language), folder, submissions, course)
        said = work.decide(decisions, reviewer, reason) if decisions else ""
        for line in work.lines():
            print(line)
        if not decisions and work.groups and sys.stdin.isatty():
            taken, reviewer, reason = asked_decisions(work.groups)
            said = work.decide(taken, reviewer, reason) if taken else ""
        if said:
            print(said)
    except (CourseFault, MarkedFault, ReviewFault, NoSubmissions) as fault:
        fail(fault, WRONG_USAGE)


def asked_decisions(groups):
    """([GROUP=POINTS], reviewer, reason) as somebody at a terminal says; no points leave a group open."""
    taken = []
    for group in groups:
        said = typer.prompt(f"{group.name}: points, `all`, `none`, or Enter for later", default="", show_default=False)
        taken += [f"{group.name}={said.strip()}"] if said.strip() else []
    if not taken:
        return [], "", ""
    return taken, typer.prompt("reviewer"), typer.prompt("reason (students read it)")


def receipt(
    student: Annotated[str, typer.Argument(metavar="STUDENT", help="As the results or the course system call them.")],
    item: Annotated[str, typer.Argument(metavar="ITEM", help="An item of the rubric.")],
    source: Annotated[
        Path, typer.Option("--from", parser=given_path, metavar="DIR", help="The folder that grade wrote.")
    ],
    assignment: AssignmentName = MAIN_ASSIGNMENT,
    language: LanguageName = None,
):
    """A few lines of Python, for the instructor to send, in which a student sees by hand that a mark is right.

    Example: python -m grading receipt reset-ignored gru.candidate --from marked
    """
    from grading.courses.marked import MarkedFault, read_result
    from grading.report.receipt import NoSuchItem
    from grading.report.receipt import receipt as receipt_of

    try:
        text = receipt_of(open_room(assignment, language), read_result(source, student), item)
    except (MarkedFault, NoSuchItem) as reason:
        fail(reason, WRONG_USAGE)
    print(text, end="")


def purge(
    folder: Annotated[
        Path, typer.Argument(parser=given_path, metavar="DIR", help="A folder that grade wrote; nothing else.")
    ],
    after: Annotated[
        datetime, typer.Option("--after", formats=["%Y-%m-%d"], metavar="DATE", help="The last day that it is kept.")
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Delete it; else only say what would be deleted.")] = False,
    assignment: AssignmentName = MAIN_ASSIGNMENT,
):
    """Delete what is stored of students in a marked folder, once DATE has passed; before that, nothing.

    Example: python -m grading purge marked --after 2027-02-28 --yes
    """
    from grading.courses import purge as purging
    from grading.courses.marked import MarkedFault

    open_room(assignment)
    try:
        found = purging.find_purge(folder)
        for name, count in found.counts.items():
            print(f"{count:>6}  {folder / name}")
        for path in found.left:
            print(f"{path} is not what grade writes, and stays.", file=sys.stderr)
        is_due = date.today() > after.date()
        if is_due and yes:
            purging.purge(found)
    except MarkedFault as reason:
        fail(reason, WRONG_USAGE)
    except OSError as reason:
        fail(f"{folder} can't be read ({reason.strerror}); check its permissions.", WRONG_USAGE)
    if not is_due:
        print(f"Nothing is deleted: {after.date()} is the last day that it is kept.")
    else:
        print("Deleted." if yes else "Nothing is deleted yet; give --yes to delete it.")
