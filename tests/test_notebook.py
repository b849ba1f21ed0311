"""The notebook as its users run it: the student's to its first blank, the solution's from top to bottom."""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError

from grading.build.execution import execute
from grading.build.products import make_products
from grading.mark.grade import grade
from grading.room import REPOSITORY, open_room

PRACTICE = REPOSITORY / "data" / "practice.csv.xz"


@pytest.fixture(scope="module")
def products():
    return make_products(open_room())


@pytest.fixture(scope="module")
def practice_data():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RNN_DATA", str(PRACTICE))
        yield PRACTICE


@pytest.fixture(scope="module")
def student_run(products, practice_data, tmp_path_factory):
    """(the student's notebook after "Run all", the error that stopped it)."""
    notebook = read(products, "RNN_Implementation.ipynb")
    with pytest.raises(CellExecutionError) as stopped:
        execute(notebook, tmp_path_factory.mktemp("student"))
    return notebook, stopped.value


@pytest.fixture(scope="module")
def solution_run(products, practice_data, tmp_path_factory):
    """(the solution notebook after a run with one epoch for each model, its folder)."""
    folder = tmp_path_factory.mktemp("solution")
    notebook = read(products, "instructor/assignment/RNN_Implementation.ipynb")
    return execute(notebook, folder, epochs=1), folder


def read(products, name):
    return nbformat.reads(products[Path(name)].decode(), as_version=4)


def cell(notebook, cell_id):
    return next(found for found in notebook.cells if found.id == cell_id)


def printed(notebook, cell_id):
    return "".join(output.get("text", "") for output in cell(notebook, cell_id).outputs)


def figures(notebook):
    return [
        output.data["text/html"]
        for found in notebook.cells
        for output in found.get("outputs", [])
        if "text/html" in output.get("data", {}) and "<figure>" in output.data["text/html"]
    ]


def test_run_all_on_the_untouched_notebook_stops_at_the_first_blank_with_a_friendly_sentence(student_run):
    notebook, stopped = student_run
    assert stopped.ename == "FillInTheBlank"
    assert stopped.evalue.startswith("Not filled in yet: RNN · layers, line ")
    last_run = [found.id for found in notebook.cells if found.get("execution_count")][-1]
    assert last_run == "rnn-check"


def test_the_first_blank_is_told_without_a_traceback(student_run):
    notebook, _ = student_run
    error = next(output for output in cell(notebook, "rnn-check").outputs if output.output_type == "error")
    assert not any("Traceback" in line or "TypeError" in line for line in error.traceback)


def test_the_first_cell_says_that_the_environment_works_and_what_each_part_takes(student_run):
    said = printed(student_run[0], "setup-run")
    assert "This environment works." in said
    assert "training the GRU" in said


def test_the_solution_runs_from_top_to_bottom(solution_run):
    notebook, _ = solution_run
    assert all(found.get("execution_count") for found in notebook.cells if found.cell_type == "code")


def test_the_solution_passes_every_check_of_the_notebook(solution_run):
    notebook, _ = solution_run
    for cell_id in ("rnn-check", "gru-cell-check", "gru-model-check"):
        rows = [line for line in printed(notebook, cell_id).splitlines() if " / " in line]
        assert rows
        for row in rows:
            earned, possible = re.search(r"(\d+) / (\d+)$", row).groups()
            assert earned == possible, row


def test_both_test_accuracies_are_told_each_with_its_label(solution_run):
    for cell_id in ("rnn-test", "gru-test"):
        said = printed(solution_run[0], cell_id)
        assert "last epoch: test accuracy: " in said
        assert "best checkpoint (epoch 1): test accuracy: " in said


def test_every_figure_has_a_caption_and_an_alternative_text(solution_run):
    shown = figures(solution_run[0])
    assert len(shown) == 5
    for figure in shown:
        assert re.search(r'<img alt="[^"]{20,}"', figure)
        assert re.search(r"<figcaption>Figure \d\. [^<]{20,}</figcaption>", figure)


def test_every_figure_is_kept_for_the_report(solution_run):
    _, folder = solution_run
    assert {path.suffix for path in (folder / "figures").iterdir()} == {".png", ".pdf"}
    assert len(list((folder / "figures").glob("*.pdf"))) == 5


def test_checkpoints_have_the_names_that_others_rely_on(solution_run):
    _, folder = solution_run
    assert (folder / "checkpoints" / "rnn_best_model.pth").is_file()
    assert (folder / "checkpoints" / "gru_best_model.pth").is_file()


def test_the_exported_modules_are_the_solution_modules(solution_run, products):
    _, folder = solution_run
    for name in ("RNN_skeleton.py", "GRU_skeleton.py"):
        assert (folder / name).read_bytes() == products[Path("instructor/assignment") / name]


def test_the_export_says_which_run_of_a_cell_it_took(solution_run):
    notebook, _ = solution_run
    count = cell(notebook, "rnn-model").execution_count
    assert f"RNN_skeleton.py: written from In [{count}]." in printed(notebook, "submission-run")


def test_the_submission_zip_of_the_solution_earns_full_marks(solution_run, tmp_path):
    _, folder = solution_run
    with zipfile.ZipFile(folder / "submission.zip") as archive:
        assert archive.namelist() == ["RNN_skeleton.py", "GRU_skeleton.py"]
    marked = grade(open_room(), folder / "submission.zip", tmp_path / "marked", jobs=1, progress=False)
    assert [result.score for result in marked.results] == [100.0]


@pytest.mark.parametrize("name", ["RNN_Implementation.ipynb", "instructor/assignment/RNN_Implementation.ipynb"])
def test_the_notebook_opens_with_no_warning_about_its_format(products, name):
    raw = json.loads(products[Path(name)])
    assert (raw["nbformat"], raw["nbformat_minor"]) == (4, 5)
    nbformat.validate(raw)  # a warning of its, such as on ids that repeat, is an error here
    ids = [found["id"] for found in raw["cells"]]
    assert len(set(ids)) == len(ids)


def test_every_form_field_stands_on_the_line_of_its_assignment_where_colab_looks_for_it(products):
    notebook = read(products, "RNN_Implementation.ipynb")
    fields = [line for found in notebook.cells for line in found.source.splitlines() if "@param" in line]
    assert len(fields) == 2
    assert all(re.match(r"\w+ = \S.*  # @param \{", line) for line in fields)


def test_cells_up_to_the_padded_documents_run_as_plain_python(products, practice_data, tmp_path):
    notebook = read(products, "RNN_Implementation.ipynb")
    code = [found for found in notebook.cells if found.cell_type == "code"]
    until = next(number for number, found in enumerate(code) if "padded_sequences =" in found.source)
    script = "\n\n".join(found.source for found in code[: until + 1])
    script += "\nimport json; print(json.dumps([len(texts), len(labels), list(padded_sequences.shape)]))\n"
    run = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout.splitlines()[-1]) == [2225, 2225, [2225, 100]]
