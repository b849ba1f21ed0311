"""python -m benchmarks.versions [PYTHON:TORCH ...]: mark the sample class with other versions, and compare the scores.

The class is marked as `grade` marks it, first by this environment (the pinned pair), then by an environment for each
pair, in .venv-versions/: the pinned packages that marking needs, and the other torch.  A pair that can't be had is a
row that says so.  Rows go to stdout as they come, in Markdown, progress to stderr.  Exit 0: equal scores wherever the
class was marked; 1: others; 2: wrong usage; 3: our own marker failed.
"""

import csv
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.machine import describe_machine
from grading.room import REPOSITORY

SAMPLE_CLASS = Path("assignment", "cases")
ENVIRONMENTS = REPOSITORY / ".venv-versions"
PAIRS = ("3.11:2.6.0", "3.12:2.6.0", "3.13:2.6.0", "3.12:2.13.0", "3.13:2.13.0")
# What marks, and what submissions import.
NEEDED = ("numpy", "safetensors", "typer", "rich", "jinja2", "nbformat", "pypdf", "tqdm", "pandas", "scikit-learn",
          "matplotlib", "jupytext")  # fmt: skip
ROOM = 10 * 2**30  # bytes free for one environment: torch from PyPI brings CUDA
ASK = "import platform, torch; print(platform.python_version(), torch.__version__)"
UNEQUAL, WRONG_USAGE, OUR_FAULT = 1, 2, 3
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


class NotToBeHad(RuntimeError):
    """A pair can't be set up on this machine: why, as a phrase."""


class MarkingFailed(RuntimeError):
    """Our own marker ended with an error: its last words."""


@dataclass(frozen=True)
class Pair:
    """Versions to mark with: Python's first two numbers, and torch's in full."""

    python: str
    torch: str

    def __str__(self):
        return f"{self.python}:{self.torch}"


def read_pair(text):
    """The Pair that `3.12:2.6.0` names.  Raises ValueError with a sentence."""
    if not re.fullmatch(r"\d+\.\d+:\d+\.\d+\.\d+", text):
        raise ValueError(f"{text!r} is no pair of versions; write Python's and torch's as 3.12:2.6.0.")
    return Pair(*text.split(":"))


# Setting up


def find_python(version):
    """The path of a Python X.Y: on PATH, or among pyenv's.  Raises NotToBeHad."""
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    of_pyenv = sorted((root / "versions").glob(f"{version}.*/bin/python"), reverse=True)
    for candidate in filter(None, [shutil.which(f"python{version}"), *map(str, of_pyenv)]):
        asked = run([candidate, "-c", "import ensurepip, sys, venv; print('%d.%d' % sys.version_info[:2])"])
        if asked.stdout.strip() == version:
            return candidate
    raise NotToBeHad(f"there is no Python {version} here")


def wanted_packages(pair):
    """What pip is asked for: this torch, and the pinned versions of all else that marking needs."""
    pinned = re.findall(r"^([\w-]+)==(\S+)$", (REPOSITORY / "requirements.txt").read_text(), re.MULTILINE)
    return [f"torch=={pair.torch}", *[f"{name}=={version}" for name, version in pinned if name in NEEDED]]


def set_up(pair):
    """The Python of an environment with this pair, made once.  Raises NotToBeHad."""
    environment = ENVIRONMENTS / f"{pair.python}-{pair.torch}"
    wanted, done = "\n".join(wanted_packages(pair)), environment / "installed"
    python = environment / "bin" / "python"
    if done.is_file() and done.read_text() == wanted:
        return python
    found = find_python(pair.python)
    ENVIRONMENTS.mkdir(exist_ok=True)
    free = shutil.disk_usage(ENVIRONMENTS).free
    if free < ROOM:
        raise NotToBeHad(f"{free >> 30} GiB are free, and an environment takes up to {ROOM >> 30}")
    say(f"Setting up Python {pair.python} with torch {pair.torch}: some minutes, some gigabytes.")
    shutil.rmtree(environment, ignore_errors=True)
    run([found, "-m", "venv", environment])
    installed = run([python, "-m", "pip", "install", "--disable-pip-version-check", *wanted.split("\n")])
    if installed.returncode:
        shutil.rmtree(environment, ignore_errors=True)
        raise NotToBeHad(f"pip: {last_line(installed.stderr)}")
    done.write_text(wanted)
    return python


def run(command):
    command = [str(part) for part in command]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)


def last_line(text):
    lines = [line for line in text.splitlines() if line.startswith("ERROR")] or text.strip().splitlines() or ["no word"]
    return lines[-1].removeprefix("ERROR: ")[:200]


def say(line):
    print(line, file=sys.stderr)


# Marking and comparing


def mark(python, jobs):
    """(student -> row of grades.csv, versions as the interpreter tells them).  Raises MarkingFailed."""
    with tempfile.TemporaryDirectory(prefix="versions-") as out:
        run_or_fail([python, "-m", "grading", "grade", SAMPLE_CLASS, "--out", out, "--jobs", jobs])
        grades = read_grades(Path(out, "grades.csv"))
    return grades, run_or_fail([python, "-c", ASK]).split()


def run_or_fail(command):
    """What a command of an environment printed.  Raises MarkingFailed."""
    done = run(command)
    if done.returncode:
        raise MarkingFailed(f"it ended with {done.returncode}; its last words: {last_line(done.stderr)}")
    return done.stdout


def read_grades(path):
    with path.open(newline="", encoding="utf-8") as table:
        return {row["student"]: row for row in csv.DictReader(table)}


def unequal(grades, others):
    """The students whose rows differ in any column, or who are in one table alone."""
    return sorted(name for name in grades.keys() | others.keys() if grades.get(name) != others.get(name))


def verdict(grades, others):
    """What a comparison came to, in words."""
    differing = unequal(grades, others)
    if not differing:
        return f"all {len(grades)} equal, in every column"
    return f"{len(differing)} of {len(grades)} differ: {', '.join(differing)}"


@app.command()
def compare(
    pairs: Annotated[list[str] | None, typer.Argument(help=f"PYTHON:TORCH; default: {' '.join(PAIRS)}.")] = None,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="Submissions at a time.")] = 2,
    keep: Annotated[bool, typer.Option("--keep", help="Leave each environment there for the next time.")] = False,
):
    """Mark the sample class with other versions of Python and torch, and compare the scores with the pinned pair's.

    Example: python -m benchmarks.versions 3.11:2.6.0 3.13:2.13.0
    """
    try:
        chosen = [read_pair(text) for text in pairs or PAIRS]
        pinned, versions = mark(Path(sys.executable), jobs)
    except (ValueError, MarkingFailed) as reason:
        say(f"Error: {reason}")
        raise typer.Exit(WRONG_USAGE if isinstance(reason, ValueError) else OUR_FAULT) from None
    print("; ".join(f"{name}: {value}" for name, value in describe_machine().items()) + "\n")
    print("| Python | torch | scores of the sample class |\n| --- | --- | --- |")
    show(*versions, f"the pinned pair: {len(pinned)} submissions")
    ended = [tell(pair, pinned, jobs, keep) for pair in chosen]
    raise typer.Exit(max(ended))


def tell(pair, pinned, jobs, keep):
    """Print the row of one pair; the exit code that it comes to."""
    try:
        python = set_up(pair)
        grades, versions = mark(python, jobs)
    except NotToBeHad as reason:
        show(pair.python, pair.torch, f"could not be had: {reason}")
        return 0
    except MarkingFailed as reason:
        show(pair.python, pair.torch, f"could not mark: {reason}")
        return OUR_FAULT
    finally:
        if not keep:
            shutil.rmtree(ENVIRONMENTS / f"{pair.python}-{pair.torch}", ignore_errors=True)
    show(*versions, verdict(pinned, grades))
    return UNEQUAL if unequal(pinned, grades) else 0


def show(*cells):
    """One row, at once."""
    print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    app()
