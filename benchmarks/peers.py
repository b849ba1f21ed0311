"""The other graders: installed into a virtual environment of their own, and run by their own commands."""

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat

from benchmarks import notebooks
from grading.room import REPOSITORY

HERE = Path(__file__).parent
ENVIRONMENT = REPOSITORY / ".venv-peers"
REQUIREMENTS, CONSTRAINTS = HERE / "requirements-peers.txt", HERE / "constraints-peers.txt"
ASSIGNMENT = "rnn"


class PeerFault(RuntimeError):
    """Another grader could not be installed or run: one sentence."""


def install():
    """Make `.venv-peers` from the pinned requirements, once.  Raises PeerFault."""
    wanted = REQUIREMENTS.read_text() + CONSTRAINTS.read_text()
    done = ENVIRONMENT / "installed"
    if done.is_file() and done.read_text() == wanted:
        return
    print(f"Setting up {ENVIRONMENT.name} with nbgrader and otter: this takes a few minutes, once.", file=sys.stderr)
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    run([sys.executable, "-m", "venv", ENVIRONMENT], REPOSITORY)
    packages = ["-r", REQUIREMENTS, "-c", CONSTRAINTS]
    run([ENVIRONMENT / "bin" / "python", "-m", "pip", "install", "--disable-pip-version-check", *packages], REPOSITORY)
    done.write_text(wanted)


def run(command, folder):
    """Run a command of the peers' environment, with one thread for torch as in our marker.  Raises PeerFault."""
    path = f"{ENVIRONMENT / 'bin'}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"OMP_NUM_THREADS": "1", "PATH": path, "VIRTUAL_ENV": str(ENVIRONMENT)}
    done = subprocess.run(
        [str(part) for part in command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = (done.stderr or done.stdout).strip()[-300:]
        raise PeerFault(f"`{' '.join(map(str, command))}` ended with {done.returncode}; its last words: {last}")


class Nbgrader:
    """`nbgrader autograde` in a course folder with a gradebook; serial, as it is."""

    name = "nbgrader autograde"

    def __init__(self, folder, students, solution, with_training):
        """Make the course: the source notebook is released, and each student's answers are handed in."""
        self.folder, self.students = Path(folder), list(students)
        self.nbgrader = ENVIRONMENT / "bin" / "nbgrader"
        source = self.folder / "source" / ASSIGNMENT
        source.mkdir(parents=True)
        nbformat.write(notebooks.nbgrader_source(solution, with_training), source / f"{ASSIGNMENT}.ipynb")
        settings = f"c = get_config()\nc.CourseDirectory.root = {str(self.folder.resolve())!r}\n"
        (self.folder / "nbgrader_config.py").write_text(settings)
        run([self.nbgrader, "generate_assignment", ASSIGNMENT], self.folder)
        released = self.folder / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        for name, files in students.items():
            own = self.folder / "submitted" / name / ASSIGNMENT
            own.mkdir(parents=True)
            notebook = nbformat.read(released, as_version=4)
            nbformat.write(notebooks.handed_in(notebook, files), own / f"{ASSIGNMENT}.ipynb")
        self.fresh_gradebook = (self.folder / "gradebook.db").read_bytes()

    def reset(self):
        """As before the first run: nobody is marked."""
        shutil.rmtree(self.folder / "autograded", ignore_errors=True)
        (self.folder / "gradebook.db").write_bytes(self.fresh_gradebook)

    def mark(self):
        run([self.nbgrader, "autograde", ASSIGNMENT], self.folder)

    def result_files(self):
        """One file for each student, last written when the student was marked."""
        return [self.folder / "autograded" / name / ASSIGNMENT / f"{ASSIGNMENT}.ipynb" for name in self.students]

    def scores(self):
        """student -> points, out of the gradebook by nbgrader's own export."""
        run([self.nbgrader, "export"], self.folder)
        with (self.folder / "grades.csv").open(newline="", encoding="utf-8") as table:
            return {row["student_id"]: float(row["raw_score"]) for row in csv.DictReader(table)}


class Otter:
    """`otter run` on each submission, one command after the other; it marks no more than one at a time."""

    name = "otter run"

    def __init__(self, folder, students, solution, with_training):
        """Make the autograder zip with `otter assign`, and each student's notebook out of the released one."""
        self.folder, self.students = Path(folder), list(students)
        self.otter = ENVIRONMENT / "bin" / "otter"
        self.folder.mkdir(parents=True)
        nbformat.write(notebooks.otter_source(solution, with_training), self.folder / f"{ASSIGNMENT}.ipynb")
        run([self.otter, "assign", "--no-pdfs", f"{ASSIGNMENT}.ipynb", "dist"], self.folder)
        (self.zip,) = (self.folder / "dist" / "autograder").resolve().glob("*.zip")
        released = self.folder / "dist" / "student" / f"{ASSIGNMENT}.ipynb"
        for name, files in students.items():
            own = self.folder / "submitted" / name
            own.mkdir(parents=True)
            notebook = nbformat.read(released, as_version=4)
            nbformat.write(notebooks.handed_in(notebook, files), own / f"{ASSIGNMENT}.ipynb")

    def reset(self):
        for path in self.result_files():
            path.unlink(missing_ok=True)

    def mark(self):
        for name in self.students:
            own = self.folder / "submitted" / name
            run([self.otter, "run", "--no-logo", "-a", self.zip, f"{ASSIGNMENT}.ipynb"], own)

    def result_files(self):
        return [self.folder / "submitted" / name / "results.json" for name in self.students]

    def scores(self):
        return {path.parent.name: points_in(path) for path in self.result_files()}


def points_in(path):
    """The points in one of otter's results.json; Gradescope's layout, where a test without a score counts nothing."""
    tests = json.loads(path.read_text(encoding="utf-8"))["tests"]
    return float(sum(test.get("score") or 0 for test in tests))
