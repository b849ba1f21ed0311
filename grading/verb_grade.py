"""The verb `grade`: mark what was handed in, by a course's rules, on this machine or on a cluster."""

import math
import sys
from contextlib import nullcontext
from enum import StrEnum
from functools import cache, partial
from pathlib import Path
from typing import Annotated

import typer

from grading.command_line import (
    WRONG_USAGE,
    AssignmentName,
    LanguageName,
    SchedulerAddress,
    exit_code,
    fail,
    given_path,
)
from grading.room import MAIN_ASSIGNMENT, open_room


class Executor(StrEnum):
    """Who marks."""

    threads = "threads"
    dask = "dask"


def add_to(app):
    """Give the command line this verb."""
    app.command()(grade)


def grade(
    path: Annotated[
        Path,
        typer.Argument(
            parser=given_path, metavar="PATH", help="A submission (folder, zip, .py or .ipynb), or a folder of them."
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out", parser=given_path, metavar="DIR", help="Where grades.csv, results/, feedback/ and report.html go."
        ),
    ],
    assignment: AssignmentName = MAIN_ASSIGNMENT,
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, help="Submissions at a time; default: the cores, or the cluster's.")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Keep the results that are in --out already.")] = False,
    require_sandbox: Annotated[
        bool, typer.Option("--require-sandbox", help="Refuse where a layer of the sandbox is missing.")
    ] = False,
    fail_under: Annotated[float | None, typer.Option("--fail-under", help="Exit 1 if a score is below this.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the results as JSON lines, not as a table.")] = False,
    course: Annotated[
        Path | None,
        typer.Option(
            "--course", parser=given_path, metavar="FILE", help="course.toml: roster, deadline, late rule, ..."
        ),
    ] = None,
    compare: Annotated[
        Path | None,
        typer.Option("--compare", parser=given_path, metavar="OLD", help="An earlier --out: say who changed, and why."),
    ] = None,
    only_up: Annotated[
        bool, typer.Option("--only-up", help="Mark again whom a fault in OLD touched; lower nobody's score.")
    ] = False,
    review_after: Annotated[
        bool, typer.Option("--review", help="At the end, list what waits for a person, alike cases together.")
    ] = False,
    faulty: Annotated[
        list[str] | None,
        typer.Option("--faulty", metavar="STAMP", help="With --only-up: the release or marker that was at fault."),
    ] = None,
    language: LanguageName = None,
    executor: Annotated[
        Executor,
        typer.Option("--executor", help="Who marks: this machine's threads, or the workers of a Dask cluster."),
    ] = Executor.threads,
    scheduler: SchedulerAddress = None,
):
    """Mark submissions; every one gets a result, whatever it does.

    Example: python -m grading grade assignment/cases --out marked
    """
    from grading.cluster import dask_cluster
    from grading.courses.course import Course, CourseFault
    from grading.courses.course_file import read_course
    from grading.courses.earlier import earlier_marking
    from grading.courses.folder_review import FolderReview
    from grading.courses.marked import MarkedFault
    from grading.courses.roster import left_out
    from grading.courses.settlement import grade_course
    from grading.doctor import isolations
    from grading.mark.files import NoSubmissions
    from grading.mark.grade import Stopped
    from grading.mark.output import UnusableOutput
    from grading.mark.where import UnusableCluster
    from grading.reference import stale
    from grading.report.terminal import Printer

    if fail_under is not None and not math.isfinite(fail_under):
        fail(f"--fail-under {fail_under} is no score; give a number.", WRONG_USAGE)
    if (executor is Executor.dask) != (scheduler is not None):
        fail("--executor dask and --scheduler ADDRESS go together; give both, or neither.", WRONG_USAGE)
    room = open_room(assignment, language)
    if reasons := stale(room):
        fail(
            f"the references are not this marker's ({'; '.join(reasons)}); run: python -m grading reference",
            WRONG_USAGE,
        )
    printer = Printer(room.words, as_json)
    below = []

    def told(result):
        printer.tell(result)
        if fail_under is not None and result.score < fail_under:
            below.append(result.student)

    try:
        rules = read_course(course, room) if course else Course()
        roster = rules.roster
        earlier = earlier_marking(compare, out, only_up, faulty or ())
        with dask_cluster(scheduler) if scheduler else nullcontext() as cluster:
            around = cache(partial(isolations, cluster))  # each layer is tried, so once
            if require_sandbox:
                refuse_without_sandbox(around())
            marked = grade_course(
                room,
                path,
                out,
                rules,
                jobs=jobs,
                resume=resume,
                begun=lambda warnings: say_what_stands(around(), [*(left_out(roster) if roster else ()), *warnings]),
                told=told,
                only_up=earlier.standing(room.words) if earlier else None,
                cluster=cluster,
            )
        changes = earlier.compared(marked, room.words) if earlier else []
    except (NoSubmissions, UnusableOutput, UnusableCluster, CourseFault, MarkedFault) as reason:
        fail(reason, WRONG_USAGE)
    except Stopped as reason:
        fail(reason, exit_code(reason.__cause__), word="")
    printer.end(marked)
    if earlier and not as_json:
        printer.changes(changes, out)
    if review_after:
        for line in FolderReview.of(room, out, path, course).lines():
            print(line, file=sys.stderr if as_json else sys.stdout)
    if below:
        raise typer.Exit(1)


def refuse_without_sandbox(isolations):
    """End with exit code 2 where a layer of the sandbox is missing in a place where student code would run."""
    for place, line, missing in isolations:
        if missing != []:
            help_is = "see docs/sandbox.md for what gives them, or leave the option out."
            fail(f"--require-sandbox{place}: {line}; {help_is}", WRONG_USAGE)


def say_what_stands(isolations, warnings):
    """On stderr: the layers around student code, wherever it runs, and what the course's files leave open."""
    for place, line, _ in isolations:
        print(f"student code{place}: {line}", file=sys.stderr)
    for sentence in warnings:
        print(sentence, file=sys.stderr)
