"""A course may teach another published form of the GRU: one setting, and every product and the marker follow it."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
PARTS = ("assignment", "grading", "data", "LICENSE", "pyproject.toml")


def run(folder, *arguments):
    command = [sys.executable, "-m", "grading", *arguments]
    environment = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def torch_course(tmp_path_factory):
    """A copy of the project whose course teaches the form of torch.nn.GRU, with its products built."""
    folder = tmp_path_factory.mktemp("course")
    for part in PARTS:
        copy = shutil.copytree if (REPOSITORY / part).is_dir() else shutil.copy
        copy(REPOSITORY / part, folder / part)
    settings = folder / "assignment" / "assignment.toml"
    text = settings.read_text(encoding="utf-8")
    switched = text.replace('reset = "before"', 'reset = "after"').replace('update = "candidate"', 'update = "past"')
    assert switched != text
    settings.write_text(switched, encoding="utf-8")
    run(folder, "build")
    return folder


@pytest.fixture(scope="module")
def results(torch_course):
    """What this course's marker says of its own solution, and of what is right in the handout's form."""
    class_folder = torch_course / "class"
    shutil.copytree(torch_course / "instructor" / "assignment", class_folder / "own-solution")
    shutil.copytree(REPOSITORY / "assignment" / "cases" / "all-right", class_folder / "handouts-form")
    shutil.copytree(REPOSITORY / "assignment" / "cases" / "two-conventions", class_folder / "torchs-form")
    run(torch_course, "grade", str(class_folder), "--out", str(torch_course / "marked"), "--jobs", "1")
    found = (torch_course / "marked" / "results").glob("*.json")
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in found}


def test_the_courses_own_solution_has_full_marks(results):
    assert results["own-solution"]["score"] == 100


def test_what_the_handout_calls_two_conventions_is_right_here(results):
    assert results["torchs-form"]["score"] == 100


def test_the_handouts_own_form_is_another_publications_here(results):
    items = {item["id"]: item for item in results["handouts-form"]["items"]}
    assert items["gru.candidate"]["misconception"] == "reset-before-matmul"
    assert items["gru.new_state"]["misconception"] == "mix-swapped"
    assert "z_t weighs the candidate" in items["gru.new_state"]["cause"]
    assert results["handouts-form"]["score"] == 89


def test_the_products_state_the_courses_form_and_no_other(torch_course):
    skeleton = (torch_course / "GRU_skeleton.py").read_text(encoding="utf-8")
    notebook = (torch_course / "RNN_Implementation.ipynb").read_text(encoding="utf-8")
    for text in (skeleton, notebook):
        assert "W_h x_t + r_t * (U_h h_{t-1})" in text
        assert "U_h (r_t * h_{t-1})" not in text
        assert "(1 - z_t) * h_{t-1}" not in text


def test_what_is_explained_as_asked_is_the_courses_form(torch_course):
    explained = run(torch_course, "explain", "reset-before-matmul")
    assert re.search(r"Asked +h~_t = tanh\(W_h x_t \+ r_t \* \(U_h h_\{t-1\}\)\)", explained)
    assert re.search(r"Computed +h~_t = tanh\(W_h x_t \+ U_h \(r_t \* h_\{t-1\}\)\)", explained)


def test_a_form_that_is_none_of_the_choices_is_refused_in_one_sentence(torch_course):
    settings = torch_course / "assignment" / "assignment.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('reset = "after"', 'reset = "sideways"'), encoding="utf-8")
    try:
        command = [sys.executable, "-m", "grading", "explain", "gru.candidate"]
        done = subprocess.run(command, cwd=torch_course, capture_output=True, text=True, check=False)
    finally:
        settings.write_text(text, encoding="utf-8")
    assert done.returncode == 2
    assert "reset = 'sideways'; it can be: before, after." in done.stderr
