"""The lab's notebook as its users run it: the student's to its first blank, the solution's from top to bottom."""

import re
import zipfile

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError

from grading.build.execution import execute, lay_out
from grading.build.products import INSTRUCTORS_ONLY, make_products
from grading.mark.grade import grade
from grading.room import open_room

ROOM = open_room("gating")


@pytest.fixture(scope="module")
def products():
    return make_products(ROOM)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """run(a product's bytes) -> (the notebook after a run on the practice reviews, its folder, what stopped it)."""

    def from_top_to_bottom(content):
        folder, stopped = tmp_path_factory.mktemp("run"), None
        lay_out(ROOM, folder)
        notebook = nbformat.reads(content.decode(), as_version=4)
        with pytest.MonkeyPatch.context() as patch:
            for name in ("REVIEWS_DATA", "WORD_VECTORS"):
                patch.delenv(name, raising=False)
            try:
                execute(notebook, folder, epochs=1)
            except CellExecutionError as reason:
                stopped = reason
        return notebook, folder, stopped

    return from_top_to_bottom


@pytest.fixture(scope="module")
def solution_run(run, products):
    return run(products[INSTRUCTORS_ONLY / ROOM.name / ROOM.notebook])


def printed(notebook, cell_id):
    cell = next(found for found in notebook.cells if found.id == cell_id)
    return "".join(output.get("text", "") for output in cell.outputs)


def test_the_untouched_notebook_stops_at_the_first_blank_with_a_friendly_sentence(run, products):
    _, _, stopped = run(products[ROOM.handed_out(ROOM.notebook)])
    assert stopped.ename == "FillInTheBlank"
    assert stopped.evalue.startswith("Not filled in yet: GRU · reset gate, line ")


def test_the_solution_runs_from_top_to_bottom_and_passes_every_check(solution_run):
    notebook, _, stopped = solution_run
    assert stopped is None
    for cell_id in ("gru-cell-check", "gru-net-check", "minimal-cell-check", "minimal-net-check"):
        rows = re.findall(r"(\d+) / (\d+)$", printed(notebook, cell_id), re.MULTILINE)
        assert rows
        assert all(earned == possible for earned, possible in rows)


def test_the_notebook_says_that_practice_reviews_stand_in_and_which_are_repeated(solution_run):
    said = printed(solution_run[0], "reviews-run")
    assert said.startswith("PRACTICE REVIEWS")
    assert "20 of the test reviews stand in the training half, too" in said


def test_sizes_are_printed_as_the_homework_counted_them(solution_run):
    notebook, _, _ = solution_run
    assert "10 181402" in printed(notebook, "gru-train")
    assert "8 80604" in printed(notebook, "minimal-train")


@pytest.mark.parametrize("cell_id", ["comparison-curves", "comparison-confusions", "comparison-lengths"])
def test_a_figure_is_shown_once(solution_run, cell_id):
    (cell,) = (found for found in solution_run[0].cells if found.id == cell_id)
    assert len([output for output in cell.outputs if "image/png" in output.get("data", {})]) == 1


def test_repeated_reviews_are_told_apart_from_the_others(solution_run):
    told = printed(solution_run[0], "memory")
    assert len(re.findall(r"on the repeated reviews, .* on the others, .* on all\.", told)) == 2


def test_the_last_cell_asks_for_nothing_that_the_lab_does_not_want(solution_run):
    told = printed(solution_run[0], "submission-run")
    assert "submission.zip: GRUNet_skeleton.py, pmGRU_skeleton.py." in told
    assert "report.pdf" not in told


def test_the_submission_zip_of_the_solution_earns_full_marks(solution_run, tmp_path):
    _, folder, _ = solution_run
    with zipfile.ZipFile(folder / "submission.zip") as archive:
        assert archive.namelist() == list(ROOM.modules)
    marked = grade(ROOM, folder / "submission.zip", tmp_path / "marked", jobs=1, progress=False)
    assert [result.score for result in marked.results] == [100.0]
