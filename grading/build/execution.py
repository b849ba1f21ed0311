"""Run a notebook from top to bottom, with other epochs where that is asked for."""

import argparse
import os
import shutil
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from grading.build.products import INSTRUCTORS_ONLY
from grading.room import MAIN_ASSIGNMENT, REPOSITORY, open_room

CELL_LIMIT = 6 * 3600  # seconds


def execute(notebook, folder, epochs=0):
    """Run `notebook` (changed in place) in `folder`; `epochs` over 0 replaces every epoch setting.

    Raises CellExecutionError where a cell fails; what ran before is in the notebook.
    """
    if epochs:
        replace_epochs(notebook, epochs)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=CELL_LIMIT, kernel_name="python3", resources=resources).execute()
    return notebook


def replace_epochs(notebook, epochs):
    """Put a cell after the one tagged `parameters` that sets each NAME_EPOCHS anew."""
    position, settings = next(
        (number, cell) for number, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", [])
    )
    names = [line.partition("=")[0].strip() for line in settings.source.splitlines() if "_EPOCHS =" in line]
    source = " = ".join([*names, str(epochs)])
    notebook.cells.insert(position + 1, nbformat.v4.new_code_cell(source, id="epochs-replaced"))


def main():
    parser = argparse.ArgumentParser(prog="python -m grading.build.execution", description=__doc__)
    parser.add_argument("--epochs", type=int, default=0, help="train every model for so many epochs only")
    parser.add_argument("--assignment", default=MAIN_ASSIGNMENT)
    chosen = parser.parse_args()
    room = open_room(chosen.assignment)
    source = REPOSITORY / INSTRUCTORS_ONLY / room.name / room.notebook
    if not source.is_file():
        missing = source.relative_to(REPOSITORY)
        print(f"Error: {missing} is not there; `make notebook ASSIGNMENT={room.name}` builds it first", file=sys.stderr)
        sys.exit(2)
    notebook = nbformat.read(source, as_version=4)
    folder = REPOSITORY / INSTRUCTORS_ONLY / "executed" / room.name
    folder.mkdir(parents=True, exist_ok=True)
    lay_out(room, folder)
    if (REPOSITORY / "data" / "df_file.csv").is_file():
        os.environ.setdefault("RNN_DATA", str(REPOSITORY / "data" / "df_file.csv"))
    print(f"Running {source.relative_to(REPOSITORY)}; with all epochs this takes as long as training does ...")
    failed = None
    try:
        execute(notebook, folder, chosen.epochs)
    except CellExecutionError as reason:
        failed = reason
    target = folder / room.notebook
    nbformat.write(notebook, target)
    print(f"The executed notebook: {target.relative_to(REPOSITORY)}")
    if failed:
        print(f"Error: a cell failed: {failed.ename}: {failed.evalue}", file=sys.stderr)
        sys.exit(1)


def lay_out(room, folder):
    """Put beside the notebook what students find there, such as the practice data."""
    for path, place in room.release_files.items():
        target = Path(folder) / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(REPOSITORY / path, target)


if __name__ == "__main__":
    main()
