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

from grading.command_line import STOPPED, WRONG_USAGE, fail, unwritable
from labs.gating.recipe import CHOICES
from labs.gating.recipe_inputs import FOUND, NETWORKS, read_sets
from labs.gating.reviews import UnusableData
from labs.gating.seed_study.runs import ChangedWhileTrained, Job, train_all
from labs.gating.seed_study.tables import answers, measured_table
from labs.gating.training import BATCHED

WIDTH = 100  # columns, where stdout is no terminal
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def study(
    out: Annotated[Path, typer.Option("--out", help="Keeps a file for each run.")],
    seeds: Annotated[int, typer.Option("--seeds", min=1, help="0 to this number less one.")] = 5,
    reviews: Annotated[str, typer.Option("--reviews", help=f"One of: {', '.join(CHOICES['reviews'])}.")] = FOUND,
    epochs: Annotated[int, typer.Option("--epochs", min=1)] = BATCHED.epochs,
    memory: Annotated[bool, typer.Option("--memory", help="Train without the repeated reviews, too.")] = False,
    processes: Annotated[int | None, typer.Option("--processes", min=1, help="Default: one a core.")] = None,
):
    """Train both networks in batches with many seeds; run again after a stop, it goes on.

    Example: python -m labs.gating.seed_study --seeds 5 --reviews 200 --memory --out measured/gating
    """
    try:
        if reviews not in CHOICES["reviews"]:
            raise UnusableData(f"there are no reviews {reviews!r}; there are: {', '.join(CHOICES['reviews'])}.")
        with redirect_stdout(sys.stderr):
            sets = read_sets(reviews)  # before the processes need the words' vectors
            kinds = (False, True) if memory else (False,)
            jobs = [Job(n, seed, sets.size, epochs, kind) for seed in range(seeds) for kind in kinds for n in NETWORKS]
            runs = train_all(jobs, out, processes=processes)
    except (UnusableData, ChangedWhileTrained) as reason:
        fail(reason, WRONG_USAGE)
    except OSError as reason:
        if (sentence := unwritable(reason)) is None:
            raise
        fail(sentence, WRONG_USAGE)
    except KeyboardInterrupt:
        print(f"Stopped; the runs in {out} are kept, and the same command goes on.", file=sys.stderr)
        raise typer.Exit(STOPPED) from None
    plain = {n: [run for run in runs if run.job.network == n and not run.job.is_clean] for n in NETWORKS}
    clean = {n: [run for run in runs if run.job.network == n and run.job.is_clean] for n in NETWORKS} if memory else {}
    Console(width=None if sys.stdout.isatty() else WIDTH).print(measured_table(plain, clean, sets))
    for line in answers(plain, clean, sets):
        print(line)


if __name__ == "__main__":
    app()
