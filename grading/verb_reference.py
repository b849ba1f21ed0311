"""The verb `reference`: make or compare what an assignment's sentences and bands rest on."""

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from grading.command_line import WRONG_USAGE, AssignmentName, SchedulerAddress, fail, given_path, goes_on, writing_to
from grading.reference import KEPT
from grading.room import MAIN_ASSIGNMENT, open_room
from grading.whole_files import make_writable


def add_to(app):
    """Give the command line this verb."""
    app.command()(reference)


def reference(
    assignment: AssignmentName = MAIN_ASSIGNMENT,
    check: Annotated[
        bool, typer.Option("--check", help="Make nothing; exit 1 if a part is not as it would be.")
    ] = False,
    only: Annotated[list[str] | None, typer.Option("--only", help="The name of a part; may be repeated.")] = None,
    jobs: Annotated[int | None, typer.Option("--jobs", min=1, help="Processes; default: the cores.")] = None,
    work: Annotated[
        Path, typer.Option("--work", parser=given_path, metavar="DIR", help="Keeps what long work has finished.")
    ] = KEPT,
    scheduler: SchedulerAddress = None,
):
    """Reference outputs and many trainings, with what they were made from: make, or compare.

    Example: python -m grading reference --check
    """
    from grading import reference as references
    from grading.cluster import can_import, dask_cluster
    from grading.mark.where import UnusableCluster

    room = open_room(assignment)
    try:
        with writing_to(work, "--work"), dask_cluster(scheduler) if scheduler else nullcontext() as cluster:
            if cluster and references.parts_of(room, only or ()):
                cluster.ask_each(can_import, room.module_name("references"))
            how = {"processes": jobs, "executor": cluster}
            if not references.parts_of(room, only or ()):
                print(f"{room.name} has no references: there is nothing to make or to compare.")
            elif check:
                compare(references.compare(room, only or (), work, **how))
            else:
                make_writable(work)  # before hours of work, not after
                for sentence in references.make(room, only or (), work, **how):
                    print(sentence, flush=True)
    except (references.UnknownPart, UnusableCluster) as reason:
        fail(reason, WRONG_USAGE)
    except KeyboardInterrupt as interrupt:
        raise goes_on(interrupt, work) from None


def compare(compared):
    """Tell what each part's check found; exit code 1 where there was anything, 2 where something can't be read."""
    code = 0
    for one in compared:
        if not one.is_readable:
            print(f"Error: {one.differences[0]}", file=sys.stderr)
            code = WRONG_USAGE
            continue
        print(f"{one.part}: {'as it would be made now' if not one.differences else 'NOT as it would be made now'}")
        for sentence in one.differences:
            print(f"  {sentence}", file=sys.stderr)
        code = code or int(bool(one.differences))
    if code == 1:
        print("Look at what changed; then: python -m grading reference", file=sys.stderr)
    if code:
        raise typer.Exit(code)
