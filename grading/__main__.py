"""python -m grading VERB: a thin command line over importable functions.

Results go to stdout, progress to stderr.  Exit 0: done; 1: a product or a reference is stale, a proof
fails, or a score is under --fail-under; 2: wrong usage; 3: our own fault; 130: stopped by Ctrl-C; 143: stopped by
SIGTERM.
"""

import os
import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from grading import __version__, verb_grade, verb_reference, verbs_of_marked
from grading.command_line import (
    OUR_FAULT,
    WRONG_USAGE,
    AssignmentName,
    LanguageName,
    Terminated,
    exit_code,
    fail,
    given_path,
    goes_on,
    unwritten,
    writing_to,
)
from grading.export import kinds
from grading.room import MAIN_ASSIGNMENT, RoomError, open_room

WIDTH = 100  # columns of a table, where stdout is no terminal
app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def main(version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False):
    """Build the assignment's products, and mark what students hand in."""
    if version:
        print(__version__)
        raise typer.Exit


@app.command()
def build(
    assignment: AssignmentName = MAIN_ASSIGNMENT,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 if a product is stale.")] = False,
):
    """Make every product from the room's source.

    Example: python -m grading build --check
    """
    from grading.build.blanks import MalformedSource
    from grading.build.products import make_products, stale_products, write_products

    try:
        products = make_products(open_room(assignment))
    except MalformedSource as reason:
        fail(reason, 1)
    if check:
        stale = stale_products(products)
        room_words = "" if assignment == MAIN_ASSIGNMENT else f" --assignment {assignment}"
        for path in stale:
            print(f"{path} is stale; run: python -m grading build{room_words}", file=sys.stderr)
        print(f"{len(products) - len(stale)} of {len(products)} products are as the source says.")
        raise typer.Exit(1 if stale else 0)
    written = set(write_products(products))
    for path in products:
        print(f"{'written  ' if path in written else 'unchanged'}  {path}")


verb_grade.add_to(app)


@app.command()
def prove(
    assignment: AssignmentName = MAIN_ASSIGNMENT,
    full: Annotated[bool, typer.Option("--full", help="Every trial; else the quick form, under 3 minutes.")] = False,
    only: Annotated[list[str] | None, typer.Option("--only", help="The name of a claim; may be repeated.")] = None,
    jobs: Annotated[int | None, typer.Option("--jobs", min=1, help="Trials at a time; default: the cores.")] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="With --full: go on after a stop, where nothing was changed since.")
    ] = False,
):
    """The marker's own proof: what it promises, tried; exit 1 if anything breaks it.

    Ctrl-C ends it with what was found until then; the full form takes an hour, and goes on with --resume.

    Example: python -m grading prove --only forms
    """
    from grading.prove import proof
    from grading.prove.patience import is_left_behind

    if resume and not full:
        fail("--resume goes on with the full form, and the quick one keeps nothing; add --full.", WRONG_USAGE)
    stopped = None
    try:
        tried = proof.prove(open_room(assignment), full, only or (), jobs, resume=resume)
    except proof.UnknownClaim as reason:
        fail(reason, WRONG_USAGE)
    except proof.Stopped as reason:
        tried, stopped = reason.tried, reason
    Console().print(proof.table(tried))
    for line in (*proof.not_tried(tried), *proof.survivors(tried)):
        print(line, file=sys.stderr)
    if stopped:
        print(stopped, file=sys.stderr)
    code = exit_code(stopped.interrupt) if stopped else 0 if all(one.holds for one in tried) else 1
    if is_left_behind():  # what hangs would keep us from our end
        sys.stdout.flush()
        os._exit(code or 1)
    raise typer.Exit(code)


verb_reference.add_to(app)


@app.command(epilog=f"\b\nExamples:\n{kinds.examples()}")
def export(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"What to make: {', '.join(kinds.KINDS)}.")],
    out: Annotated[Path, typer.Option("--out", parser=given_path, metavar="PATH", help="The file or folder to write.")],
    source: Annotated[
        Path | None,
        typer.Argument(parser=given_path, metavar="SOURCE", help="What it is made from, where a kind needs that."),
    ] = None,
    keys: Annotated[
        Path | None, typer.Option("--keys", parser=given_path, help="The key that gives names for pseudonyms.")
    ] = None,
    course: Annotated[
        Path | None,
        typer.Option("--course", parser=given_path, help="course.toml, for nbgrader: its roster and decisions."),
    ] = None,
    assignment: AssignmentName = MAIN_ASSIGNMENT,
    language: LanguageName = None,
):
    """The autograder, layout or grades that another system wants."""
    from grading.mark.grade import Stopped

    try:
        said = kinds.export(open_room(assignment, language), kind, out, source, keys, course)
    except kinds.ExportFault as reason:
        fail(reason, WRONG_USAGE)
    except Stopped as reason:
        fail(reason, exit_code(reason.__cause__), word="")
    for line in said:
        print(line)


@app.command()
def train(
    assignment: AssignmentName = MAIN_ASSIGNMENT,
    out: Annotated[
        Path, typer.Option("--out", parser=given_path, metavar="DIR", help="Where checkpoints and figures go.")
    ] = Path("trained"),
    seed: Annotated[
        list[int] | None,
        typer.Option("--seed", min=0, max=2**32 - 1, help="Of initial weights and order; may be repeated; default: 0."),
    ] = None,
    choose: Annotated[
        list[str] | None,
        typer.Option(
            "--choose",
            metavar="NAME=VALUE",
            help="A lab's own, such as recipe=published of gating; a wrong one lists them all.",
        ),
    ] = None,
):
    """Train the reference models on the real documents, or on the practice ones, and compare with what was reported.

    Each of several seeds has a folder of its own.  Run again after a stop, it goes on.

    Example: python -m grading train
    """
    from grading.build.solution import solution_classes
    from grading.choices import UnknownChoice, read_choices

    room = open_room(assignment)
    recipe = room.load("recipe")
    try:
        chosen = read_choices(getattr(recipe, "CHOICES", {}), choose or ())
    except UnknownChoice as reason:
        fail(reason, WRONG_USAGE)
    classes = solution_classes(room)
    for number in dict.fromkeys(seed or [0]):
        folder = out / f"seed-{number}" if seed and len(set(seed)) > 1 else out
        try:
            with writing_to(out):
                table, _ = recipe.train(classes, folder, seed=number, **chosen)
        except recipe.UnusableData as reason:
            fail(reason, WRONG_USAGE)
        except KeyboardInterrupt as interrupt:
            raise goes_on(interrupt, out) from None
        Console(width=None if sys.stdout.isatty() else WIDTH).print(table)
        print(f"figures: {folder / 'figures'}; checkpoints: {folder}")


@app.command()
def explain(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="An item of the rubric, or a known mistake.")],
    assignment: AssignmentName = MAIN_ASSIGNMENT,
    language: LanguageName = None,
):
    """One rubric item or one misconception, in words, with its equation.

    Example: python -m grading explain reset-ignored --language ko
    """
    from grading.explain import explain as tell

    Console(highlight=False).print(tell(open_room(assignment, language), identifier))


@app.command()
def doctor(assignment: AssignmentName = MAIN_ASSIGNMENT):
    """What this machine gives: versions, isolation of student code, data.

    Example: python -m grading doctor
    """
    from grading.doctor import examine

    rows, healthy = examine(open_room(assignment))
    for name, found in rows:
        print(f"{name:<28}{found}")
    raise typer.Exit(0 if healthy else OUR_FAULT)


verbs_of_marked.add_to(app)


@contextmanager
def sigterm_interrupts():
    """SIGTERM ends what is inside as Ctrl-C does."""

    def interrupt(*_):
        raise Terminated

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def run():
    """The command line, with every way to end mapped to its exit code."""
    with sigterm_interrupts():
        run_to_an_end()


def run_to_an_end():
    try:
        app()
    except SystemExit as ended:
        interrupt = getattr(ended.__context__, "__cause__", None)
        if isinstance(interrupt, KeyboardInterrupt):  # typer says nothing
            print(f"{str(interrupt) or 'Stopped'}.", file=sys.stderr)
            sys.exit(exit_code(interrupt))
        raise
    except RoomError as reason:
        print(f"Error: {reason}", file=sys.stderr)
        sys.exit(WRONG_USAGE)
    except KeyboardInterrupt as interrupt:
        print(f"{str(interrupt) or 'Stopped'}.", file=sys.stderr)
        sys.exit(exit_code(interrupt))
    except Exception as reason:  # whatever is left is our own fault, and says so
        if sentence := unwritten(reason):
            print(f"Error: {sentence}", file=sys.stderr)
            sys.exit(WRONG_USAGE)
        print(
            f"Error: our own fault, not yours ({type(reason).__name__}: {reason}); please report it.", file=sys.stderr
        )
        sys.exit(OUR_FAULT)


if __name__ == "__main__":
    run()
