"""otter's own commands on our notebook: make test-courses, where `make bench` has made .venv-peers."""

import nbformat
import pytest

from benchmarks.peers import ENVIRONMENT, points_in, run
from grading.export.kinds import export
from grading.room import open_room

pytestmark = pytest.mark.course_systems

NOTEBOOK = "RNN_Implementation.ipynb"


@pytest.fixture(scope="module")
def assigned(tmp_path_factory):
    """The folder in which `otter assign` has accepted our notebook; it runs the solution through every test."""
    if not (ENVIRONMENT / "bin" / "otter").is_file():
        pytest.skip("otter is not there: `make bench` installs it into .venv-peers")
    folder = tmp_path_factory.mktemp("otter")
    export(open_room(), "otter", folder)
    run([ENVIRONMENT / "bin" / "otter", "assign", "--no-pdfs", NOTEBOOK, "dist"], folder)
    return folder


def points(folder, notebook):
    """What `otter run` gives to one notebook."""
    (archive,) = (folder / "dist" / "autograder").glob("*.zip")
    run([ENVIRONMENT / "bin" / "otter", "run", "--no-logo", "-a", archive.resolve(), NOTEBOOK], notebook.parent)
    return points_in(notebook.parent / "results.json")


def test_the_solution_earns_full_marks(assigned):
    assert points(assigned, assigned / "dist" / "autograder" / NOTEBOOK) == open_room().max_score


def test_the_students_notebook_earns_nothing_as_it_is_released(assigned):
    assert points(assigned, assigned / "dist" / "student" / NOTEBOOK) == 0


def test_students_get_our_blanks_and_neither_answers_nor_hidden_numbers(assigned):
    notebook = nbformat.read(assigned / "dist" / "student" / NOTEBOOK, as_version=4)
    text = nbformat.writes(notebook)
    assert "z_t = ...  # z_t = sigmoid(W_z x_t + U_z h_{t-1} + b_z)" in text
    assert "torch.sigmoid(" not in text
    assert "SOLUTION" not in text
    assert text.count("must_earn(") == sum(item.points > 0 for item in open_room().items.values())  # the seen ones
