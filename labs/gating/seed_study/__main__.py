"""python -m labs.gating.seed_study --seeds N --out FOLDER: train both networks, and say whether they differ.

The tables go to stdout, progress to stderr.  Exit 0: trained; 2: wrong usage; 130: stopped by Ctrl-C, and the same
command goes on.
"""

import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from grading.command_line import STOPPED, WRONG_USAGE, fail, writing_to
from grading.room import RoomError
from labs.gating.recipe import CHOICES
from labs.gating.recipe_inputs import FOUND, NETWORKS, read_sets
from labs.gating.reviews import UnusableData
from labs.gating.seed_study.runs import Job, train_all
from labs.gating.seed_study.study import KEPT, Study, read_study, write_study
from labs.gating.seed_study.tables import answers, measured_table
from labs.gating.training import BATCHED

WIDTH = 100  # columns, where stdout is no terminal
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def study(
    out: Annotated[Path, typer.Option("--out", help="Keeps a file for each run.")] = Path("measured/gating"),
    seeds: Annotated[int, typer.Option("--seeds", min=1, help="0 to this number less one.")] = 5,
    reviews: Annotated[str, typer.Option("--reviews", help=f"One of: {', '.join(CHOICES['reviews'])}.")] = FOUND,
    epochs: Annotated[int, typer.Option("--epochs", min=1)] = BATCHED.epochs,
    memory: Annotated[bool, typer.Option("--memory", help="Train without the repeated reviews, too.")] = False,
    processes: Annotated[int | None, typer.Option("--processes", min=1, help="Default: one a core.")] = None,
    keep: Annotated[Path | None, typer.Option("--keep", help="A file for the study as a whole.")] = None,
    kept: Annotated[
        Path | None, typer.Option("--kept", help=f"Train nothing, and tell of a kept study, such as {KEPT}.")
    ] = None,
):
    """Train both networks in batches with many seeds; run again after a stop, it goes on.

    Example: python -m labs.gating.seed_study --seeds 5 --reviews 200 --memory --out measured/gating
    """
    try:
        found = read_study(kept) if kept else trained(out, seeds, reviews, epochs, memory, processes)
        if keep:
            with writing_to(keep, "--keep"):
                write_study(found, keep)
    except (UnusableData, RoomError) as reason:
        fail(reason, WRONG_USAGE)
    except KeyboardInterrupt:
        print(f"Stopped; the runs in {out} are kept, and the same command goes on.", file=sys.stderr)
        raise typer.Exit(STOPPED) from None
    Console(width=None if sys.stdout.isatty() else WIDTH).print(measured_table(found))
    for line in answers(found):
        print(line)


def trained(out, seeds, reviews, epochs, memory, processes):
    """The Study of runs that are trained now, but for those that are in `out`.  Raises UnusableData, RoomError."""
    if reviews not in CHOICES["reviews"]:
        raise UnusableData(f"there are no reviews {reviews!r}; there are: {', '.join(CHOICES['reviews'])}.")
    with redirect_stdout(sys.stderr):
        sets = read_sets(reviews)  # before the processes need the words' vectors
        kinds = (False, True) if memory else (False,)
        jobs = [Job(n, seed, sets.size, epochs, kind) for seed in range(seeds) for kind in kinds for n in NETWORKS]
        with writing_to(out):
            return Study.of(sets, train_all(jobs, out, processes=processes))


if __name__ == "__main__":
    app()
