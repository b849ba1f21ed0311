"""A student works through the notebook in JupyterLab, from the release zip to a submission: make test-browser.

The practice corpus and one epoch for each model; everything is seen in the page and done with mouse and keyboard.
"""

import io
import re
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from grading.build.products import make_products
from grading.mark.grade import grade
from grading.room import open_room
from tests.browser.jupyterlab import Notebook, choose

pytestmark = pytest.mark.browser

NOTEBOOK = "RNN_Implementation.ipynb"
CHECKS = {"rnn-model": "rnn-check", "gru-cell": "gru-cell-check", "gru-model": "gru-model-check"}
EPOCHS = {"RNN_EPOCHS = 10": "RNN_EPOCHS = 1", "GRU_EPOCHS = 20": "GRU_EPOCHS = 1"}
EPOCHS |= {"MEAN_EPOCHS = 10  # for the experiment in part 4": "MEAN_EPOCHS = 1"}
WITHOUT_THE_PAST = "h = self.tanh(self.Wx(xt))"
WARNING = '.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"]'


@dataclass(frozen=True)
class Session:
    """What a student saw, and what was left.

    steps      step of filling in the vanilla RNN -> what its check said
    checks     the cell of a check -> what it said after the run of the whole notebook
    figures    how many were to be seen after it
    warnings   what cells wrote to stderr in it
    notebook   as JupyterLab saved it
    submission the zip, as the browser saved it
    """

    steps: dict
    checks: dict
    figures: int
    warnings: list
    notebook: Path
    submission: Path


@pytest.fixture(scope="module")
def products():
    return make_products(open_room())


def read(products, name):
    return nbformat.reads(products[Path(name)].decode(), as_version=4)


def blanks(released, solution, cell_id):
    """(line with a blank, line with its answer) of a cell, in order, both without their indent."""
    sources = [next(cell.source for cell in book.cells if cell.id == cell_id) for book in (released, solution)]
    answers = {line.partition(" = ")[0]: line for line in sources[1].splitlines()}
    left = [line for line in sources[0].splitlines() if re.search(r"= (\.\.\.|.*\(\.\.\.)", line.partition("#")[0])]
    return [(line.strip(), answers[line.partition(" = ")[0]].strip()) for line in left]


@pytest.fixture(scope="module")
def session(products, serve, visit, tmp_path_factory):
    home = tmp_path_factory.mktemp("student")
    zipfile.ZipFile(io.BytesIO(products[Path("release/RNN_assignment.zip")])).extractall(home)
    released, solution = read(products, NOTEBOOK), read(products, f"instructor/assignment/{NOTEBOOK}")
    answers = {cell_id: blanks(released, solution, cell_id) for cell_id in CHECKS}
    server = serve(home)
    with visit() as page:
        notebook = Notebook(page, server.page(f"lab/tree/RNN_assignment/{NOTEBOOK}"), released)
        steps = fill_in_the_vanilla_rnn(notebook, answers["rnn-model"])
        for cell_id in ("gru-cell", "gru-model"):
            for line, wanted in answers[cell_id]:
                notebook.retype(cell_id, line, wanted)
        with notebook.runs("submission-run"):
            choose(page, "Run", "Run All Cells")
        notebook.save()
        return Session(
            steps=steps,
            checks={cell_id: notebook.shown(cell_id) for cell_id in CHECKS.values()},
            figures=page.locator(".jp-OutputArea-output figure img").count(),
            warnings=page.locator(WARNING).all_text_contents(),
            notebook=home / "RNN_assignment" / NOTEBOOK,
            submission=fetch(page, "submission.zip", home / "Downloads"),
        )


def fill_in_the_vanilla_rnn(notebook, answers):
    """Run all that comes before the check, then fill the blanks in, with a mistake on the way: step -> the check."""
    for line, wanted in EPOCHS.items():
        notebook.retype("settings", line, wanted)
    notebook.click("rnn-check")
    with notebook.runs("rnn-model"):
        choose(notebook.page, "Run", "Run All Above Selected Cell")

    def check_after(lines):
        for line, wanted in lines:
            notebook.retype("rnn-model", line, wanted)
        notebook.run("rnn-model")
        notebook.run("rnn-check")
        return notebook.shown("rnn-check")

    *layers, step_input, (update, right_update) = answers
    return {
        "untouched": check_after([]),
        "layers": check_after(layers),
        "mistake": check_after([step_input, (update, WITHOUT_THE_PAST)]),
        "right": check_after([(WITHOUT_THE_PAST, right_update)]),
    }


def fetch(page, name, folder):
    """Find a file in the file browser, and download it by its menu."""
    page.locator(".jp-DirListing-item").filter(has_text=name).click(button="right")
    with page.expect_download() as download:
        page.locator(".lm-Menu-item").filter(has_text=re.compile("^Download")).click()
    download.value.save_as(folder / name)
    return folder / name


def rows(told):
    """title of an item -> the rest of its row, of what a check printed."""
    found = [re.fullmatch(r"(\S.*?)\s{2,}(.*\d+ / \d+)", line) for line in told.splitlines()]
    return {row[1]: " ".join(row[2].split()) for row in found if row}


def test_a_blank_is_told_as_not_filled_in_yet(session):
    told = session.steps["untouched"]
    assert rows(told)["RNN · layers"] == "not filled in yet 0 / 6"
    assert "Not filled in yet: RNN · layers, line " in told


def test_the_check_turns_when_a_blank_is_filled_in(session):
    told = rows(session.steps["layers"])
    assert told["RNN · layers"] == "right 6 / 6"
    assert told["RNN · input of a step"] == "not filled in yet 0 / 4"


def test_a_mistake_is_told_in_four_lines(session):
    told = session.steps["mistake"]
    assert rows(told)["RNN · input of a step"] == "right 4 / 4"
    assert rows(told)["RNN · new hidden state"] == "0 / 12"
    assert re.findall(r"^  (Saw|Expected|Cause|Next) ", told, re.MULTILINE)[:4] == ["Saw", "Expected", "Cause", "Next"]


def test_no_step_shows_a_traceback(session):
    assert [step for step, told in session.steps.items() if "Traceback" in told] == []


def test_the_check_turns_when_the_mistake_is_put_right(session):
    assert all_right(session.steps["right"])


def test_every_check_is_right_after_a_run_of_the_whole_notebook(session):
    assert {cell_id: all_right(told) for cell_id, told in session.checks.items()} == dict.fromkeys(
        CHECKS.values(), True
    )


def all_right(told):
    """Whether a check has told of items, and of each that it has all its points."""
    found = [re.fullmatch(r"right (\d+) / (\d+)", row) for row in rows(told).values()]
    return bool(found) and all(row and row[1] == row[2] for row in found)


def test_five_figures_are_to_be_seen(session):
    assert session.figures == 5


def test_no_cell_warns(session):
    assert session.warnings == []


def test_the_downloaded_submission_is_marked_to_100(session, tmp_path):
    marked = grade(open_room(), session.submission, tmp_path / "marked", jobs=1, progress=False)
    assert [(result.status, result.score) for result in marked.results] == [("graded", 100.0)]


def test_the_notebook_as_jupyterlab_saved_it_has_no_warning_and_says_what_the_submission_says(session, tmp_path):
    nbformat.validate(nbformat.read(session.notebook, as_version=4))
    student = tmp_path / "student"
    zipfile.ZipFile(session.submission).extractall(student)
    shutil.copy(session.notebook, student)
    (result,) = grade(open_room(), student, tmp_path / "marked", jobs=1, progress=False).results
    (item,) = (item for item in result.items if item.id == "submission.notebook")
    assert item.status == "passed"
