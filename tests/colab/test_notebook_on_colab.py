"""The notebook with the versions that Colab has, and a stand-in for Colab's own package: make test-colab."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError

from grading.build.execution import execute
from grading.mark.grade import grade
from grading.room import open_room
from tests.colab.environment import REQUIREMENTS, write_kernel

pytestmark = pytest.mark.colab

VERSIONS = "import IPython, ipykernel, numpy, pandas, sklearn\n" + (
    "print(*(m.__version__ for m in (IPython, ipykernel, numpy, pandas, sklearn)))"
)


@dataclass(frozen=True)
class Run:
    """A notebook after "Run all" in an empty folder.

    stopped   the error that ended it, or None
    calls     what it asked of Colab, in order: lists of a name and arguments
    """

    notebook: nbformat.NotebookNode
    folder: Path
    stopped: CellExecutionError | None
    calls: list

    def printed(self, cell_id):
        return "".join(output.get("text", "") for output in self.cell(cell_id).outputs)

    def cell(self, cell_id):
        return next(cell for cell in self.notebook.cells if cell.id == cell_id)


@pytest.fixture(scope="module")
def run_all(tmp_path_factory, colab_python, notebooks):
    """run_all(whose, changed) -> Run, with one epoch; `changed` may change the notebook before."""

    def run(whose, changed=lambda notebook: None):
        folder, kernels = tmp_path_factory.mktemp("content"), tmp_path_factory.mktemp("kernels")
        calls = kernels / "calls"
        calls.touch()
        write_kernel(kernels, colab_python, calls)
        notebook, stopped = nbformat.reads(notebooks[whose], as_version=4), None
        changed(notebook)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("JUPYTER_PATH", str(kernels))
            patch.delenv("RNN_DATA", raising=False)
            try:
                execute(notebook, folder, epochs=1)
            except CellExecutionError as reason:
                stopped = reason
        return Run(notebook, folder, stopped, [json.loads(line) for line in calls.read_text().splitlines()])

    return run


def with_versions(notebook):
    notebook.cells.append(nbformat.v4.new_code_cell(VERSIONS, id="versions"))


@pytest.fixture(scope="module")
def solution(run_all):
    return run_all("solution", with_versions)


@pytest.fixture(scope="module")
def untouched(run_all):
    return run_all("student")


def test_the_versions_are_those_that_colab_has(solution):
    pinned = dict(line.split("==") for line in REQUIREMENTS.read_text().splitlines() if "==" in line)
    names = ("ipython", "ipykernel", "numpy", "pandas", "scikit-learn")
    assert solution.printed("versions").split() == [pinned[name] for name in names]


def test_the_solution_runs_from_top_to_bottom(solution):
    assert solution.stopped is None


def test_every_check_of_the_solution_is_right(solution):
    for cell_id in ("rnn-check", "gru-cell-check", "gru-model-check"):
        rows = re.findall(r"(\d+) / (\d+)$", solution.printed(cell_id), re.MULTILINE)
        assert rows
        assert all(earned == possible for earned, possible in rows)


def test_no_cell_warns(solution):
    told = [output.text for cell in solution.notebook.cells for output in cell.get("outputs", [])
            if output.get("name") == "stderr"]  # fmt: skip
    assert [text for text in told if "Warning" in text] == []


def test_documents_are_looked_for_on_kaggle_then_asked_for_then_replaced_by_practice(solution):
    assert [call[0] for call in solution.calls[:2]] == ["dataset_download", "upload"]
    assert "PRACTICE DOCUMENTS" in solution.printed("documents-run")


def test_the_submission_is_handed_to_the_browser_and_drive_is_left_alone(solution):
    assert solution.calls[2:] == [["download", "submission.zip"]]


def test_the_submission_is_marked_to_100(solution, tmp_path):
    marked = grade(open_room(), solution.folder / "submission.zip", tmp_path / "marked", jobs=1, progress=False)
    assert [(result.status, result.score) for result in marked.results] == [("graded", 100.0)]


def test_run_all_on_the_untouched_notebook_stops_at_the_first_blank_with_a_friendly_sentence(untouched):
    assert untouched.stopped.ename == "FillInTheBlank"
    error = next(out for out in untouched.cell("rnn-check").outputs if out.output_type == "error")
    assert not any("Traceback" in line for line in error.traceback)
