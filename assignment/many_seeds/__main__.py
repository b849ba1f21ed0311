"""python -m assignment.many_seeds VARIANT --seeds N --out FOLDER: train, and print how accuracies are spread.

The table goes to stdout, progress to stderr.  Exit 0: trained; 2: wrong usage; 130: stopped by Ctrl-C, and the same
command goes on.
"""

import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Annotated

import numpy as np
import torch
import typer
from rich.console import Console
from rich.table import Table

from assignment.documents import UnusableData, find_documents, practice_file
from assignment.many_seeds.runs import SEEDS_AT_ONCE, run_seeds
from grading.command_line import STOPPED, WRONG_USAGE, fail, writing_to
from grading.room import RoomError

QUANTILES = (0, 0.1, 0.5, 0.9, 1)
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def train(
    variant: Annotated[str, typer.Argument(help="A name of assignment/many_seeds/variants.py, such as RNN or GRU.")],
    out: Annotated[Path, typer.Option("--out", help="Keeps a file for each chunk of seeds.")],
    seeds: Annotated[int, typer.Option("--seeds", min=1, help="0 to this number less one.")] = 50,
    epochs: Annotated[int | None, typer.Option("--epochs", min=1, help="Default: the recipe's.")] = None,
    at_once: Annotated[int, typer.Option("--at-once", min=1, help="Seeds in one computation.")] = SEEDS_AT_ONCE,
    processes: Annotated[int | None, typer.Option("--processes", min=1, help="Default: one a core.")] = None,
    practice: Annotated[
        bool, typer.Option("--practice", help="The practice corpus, df_file.csv there or not.")
    ] = False,
    device: Annotated[str, typer.Option("--device", help="cpu or cuda.")] = "cpu",
):
    """Train a variant of the recipe with many seeds; run again after a stop, it goes on.

    Example: python -m assignment.many_seeds GRU --seeds 50 --out measured/seeds
    """
    try:
        if device == "cuda" and not torch.cuda.is_available():
            raise RoomError("there is no CUDA device here; leave --device out.")
        with redirect_stdout(StringIO() if practice else sys.stderr):  # that df_file.csv is not there
            documents = (not practice and find_documents()) or practice_file()
        how = {"epochs": epochs, "device": device, "at_once": at_once, "processes": processes}
        with writing_to(out):
            results = run_seeds(variant, range(seeds), documents, out, **how)
    except (RoomError, UnusableData) as reason:
        fail(reason, WRONG_USAGE)
    except KeyboardInterrupt:
        print(f"Stopped; the chunks in {out} are kept, and the same command goes on.", file=sys.stderr)
        raise typer.Exit(STOPPED) from None
    Console(width=None if sys.stdout.isatty() else 100).print(spread(variant, results, documents))


def spread(variant, results, documents):
    """Quantiles over the seeds of each accuracy, as a rich Table."""
    table = Table(title=f"{variant}: accuracy in percent over {len(results)} seeds, {Path(documents).name}")
    table.add_column("")
    for quantile in QUANTILES:
        table.add_column({0: "lowest", 0.5: "median", 1: "highest"}.get(quantile, f"{quantile:.0%}"), justify="right")
    rows = {
        "test, last epoch": [result.test_last for result in results],
        "test, best checkpoint": [result.test_best for result in results],
        "validation, last epoch": [result.history.valid_accuracy[-1] for result in results],
        "training, last epoch": [result.history.train_accuracy[-1] for result in results],
    }
    for title, values in rows.items():
        table.add_row(title, *(f"{100 * value:.2f}" for value in np.quantile(values, QUANTILES)))
    return table


if __name__ == "__main__":
    app()
