"""What the tests of the nbgrader course share: real commands in a course folder, and students who hand in."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import nbformat

ASSIGNMENT = "RNN_Implementation"
ENVIRONMENT = Path(sys.executable).parent
ANSWERS = {"VanillaRNN": "RNN_skeleton.py", "GRUCell": "GRU_skeleton.py"}  # GRU_skeleton.py holds GRUModel, too


def nbgrader(course, *words):
    """Run one of nbgrader's own commands in a course folder: (exit code, all that it said)."""
    environment = os.environ | {"PATH": f"{ENVIRONMENT}{os.pathsep}{os.environ['PATH']}", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [ENVIRONMENT / "nbgrader", *words], cwd=course, env=environment, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def released(course):
    """The notebook that students get."""
    return nbformat.read(course / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)


def cell_of(notebook, grade_id):
    return next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def answered(course, files):
    """The released notebook with a student's modules in its solution cells; `files`: file name -> source."""
    notebook = released(course)
    for grade_id, file in ANSWERS.items():
        if file in files:
            cell_of(notebook, grade_id).source = files[file]
    if "GRU_skeleton.py" in files:
        cell_of(notebook, "GRUModel").source = "# in the cell above"
    return notebook


def hand_in(course, student, notebook, beside=()):
    """Put a notebook, and files beside it, where nbgrader collects them."""
    folder = course / "submitted" / student / ASSIGNMENT
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / f"{ASSIGNMENT}.ipynb")
    for name, text in dict(beside).items():
        (folder / name).write_text(text, encoding="utf-8")


def scores(course):
    """student -> points, by nbgrader's own export."""
    code, said = nbgrader(course, "export")
    assert code == 0, said
    with (course / "grades.csv").open(newline="", encoding="utf-8") as table:
        return {row["student_id"]: float(row["raw_score"]) for row in csv.DictReader(table)}


def item_scores(course, student):
    """grade_id -> (points, whether a person has to look), out of the gradebook."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        (notebook,) = gradebook.find_submission(ASSIGNMENT, student).notebooks
        return {grade.name: (grade.score, grade.needs_manual_grade) for grade in notebook.grades}
