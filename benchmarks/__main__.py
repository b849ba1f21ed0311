"""python -m benchmarks [SUBJECT ...]: measure, print a table for each subject, keep the raw figures as JSON.

Tables go to stdout, progress to stderr.  Exit 0: measured; 2: wrong usage; 3: a marker failed.
"""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from benchmarks import isolation, marking, memory, reviews, training
from benchmarks.machine import describe_machine
from benchmarks.ours import MarkerFault
from benchmarks.peers import PeerFault

SUBJECTS = {
    "marking": marking,
    "isolation": isolation,
    "memory": memory,
    "training": training,
    "reviews": reviews,
}
WRONG_USAGE, OUR_FAULT = 2, 3
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def bench(
    subjects: Annotated[list[str] | None, typer.Argument(help=f"Of: {', '.join(SUBJECTS)}; default: all.")] = None,
    out: Annotated[Path, typer.Option("--out", help="Where the raw figures go, as JSON.")] = Path("measured"),
    quick: Annotated[bool, typer.Option("--quick", help="Few and small runs: to see that it works.")] = False,
):
    """Measure the marker's speed and memory, beside nbgrader and otter, and the speed of training.

    Example: python -m benchmarks isolation memory
    """
    unknown = [name for name in subjects or () if name not in SUBJECTS]
    if unknown:
        fail(f"there is no subject {unknown[0]!r}; there are: {', '.join(SUBJECTS)}.", WRONG_USAGE)
    machine = describe_machine()
    console = Console(width=None if sys.stdout.isatty() else 140)
    console.print(machine_table(machine, quick))
    for name in subjects or SUBJECTS:
        try:
            measured = SUBJECTS[name].measure(quick)
        except (PeerFault, MarkerFault, marking.WrongMarks, memory.OnlyOnLinux, training.TrainingFault) as reason:
            fail(reason, OUR_FAULT)
        out.mkdir(parents=True, exist_ok=True)
        raw = {"machine": machine, "quick": quick, "measured": measured}
        (out / f"{name}.json").write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")
        console.print(SUBJECTS[name].table(measured))
    console.print(f"raw figures: {out}")


def machine_table(machine, quick):
    shown = Table(title="the machine" + (", a quick run: figures to look at, not to quote" if quick else ""))
    for name in machine:
        shown.add_column(name)
    shown.add_row(*map(str, machine.values()))
    return shown


def fail(reason, code):
    """One sentence on stderr, and the exit code."""
    print(f"Error: {reason}", file=sys.stderr)
    raise typer.Exit(code)


if __name__ == "__main__":
    app()
