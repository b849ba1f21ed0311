"""The conventional instructor's notebooks ask for the same items, points and training as this marker."""

import nbformat
import pytest
import torch
from nbgrader.preprocessors import CheckCellMetadata
from nbgrader.utils import is_grade, is_locked, is_solution
from torch import nn

from assignment.marking import learning
from benchmarks import conventional_tests, notebooks
from benchmarks.students import CASES, MODULES, RIGHT
from grading.room import open_room

SOLUTION = {file: (CASES / "all-right" / file).read_text() for file in MODULES}
WRONG = {  # item -> a case whose mistake a conventional test of that item finds
    "rnn.layers": "untouched",
    "rnn.step_input": "feature-for-time",
    "rnn.hidden_update": "no-recurrence",
    "rnn.model": "mean-over-time",
    "rnn.learns": "rnn-gradient-cut",
    "gru.layers": "layer-sizes-swapped",
    "gru.update_gate": "gate-layers-mixed-up",
    "gru.reset_gate": "reset-ignored",
    "gru.candidate": "reset-after-matmul",
    "gru.new_state": "mix-swapped",
    "gru.unroll": "last-word-skipped",
    "gru.learns": "gradient-cut",
}
CELLS = {cell.item: cell for cell in notebooks.test_cells(with_training=True)}


def run_test_cell(item, case):
    """Run an item's test cell on a case of the sample class, as a kernel would."""
    torch.set_num_threads(1)
    names = {"torch": torch, "nn": nn}
    exec((CASES / case / CELLS[item].file).read_text(), names)
    exec(CELLS[item].source, names)


@pytest.mark.parametrize("case", RIGHT)
@pytest.mark.parametrize("item", [item for item in CELLS if not item.endswith(".learns")])
def test_a_right_submission_passes_each_test_cell(item, case):
    run_test_cell(item, case)


@pytest.mark.parametrize("item", ["rnn.learns", "gru.learns"])
def test_a_right_submission_learns_in_the_test_cell(item):
    run_test_cell(item, "all-right")


@pytest.mark.parametrize(("item", "case"), WRONG.items())
def test_a_wrong_submission_fails_the_test_cell_of_its_item(item, case):
    with pytest.raises((AssertionError, RuntimeError, TypeError)):
        run_test_cell(item, case)


def test_every_scored_item_has_a_test_cell_with_its_points():
    scored = {item.id: item.points for item in open_room().items.values() if item.points}
    assert {item: cell.points for item, cell in CELLS.items()} == scored
    assert set(WRONG) == set(scored)


def test_without_training_only_the_two_trainings_are_left_out():
    left_out = set(CELLS) - {cell.item for cell in notebooks.test_cells(with_training=False)}
    assert left_out == {"rnn.learns", "gru.learns"}


def test_the_test_cells_train_as_briefly_as_the_marker():
    for item, class_name in {"rnn.learns": "VanillaRNN", "gru.learns": "GRUModel"}.items():
        task = learning.TASKS[class_name]
        assert f"scale={learning.WORD_SCALE}, length={task.length}" in CELLS[item].source
        assert f"steps={task.steps}, batch={learning.BATCH}" in CELLS[item].source


def test_a_test_cell_has_no_empty_line_that_would_end_a_doctest():
    assert [item for item, cell in CELLS.items() if "\n\n" in cell.source] == []
    assert callable(conventional_tests.learns)


def test_nbgrader_accepts_the_metadata_of_its_notebook():
    notebook = notebooks.nbgrader_source(SOLUTION, with_training=True)
    checked, _ = CheckCellMetadata().preprocess(notebook, {})
    assert [cell.metadata.nbgrader.grade_id for cell in checked.cells if is_solution(cell)] == [
        file.removesuffix(".py") for file in MODULES
    ]
    tests = [cell for cell in checked.cells if is_grade(cell)]
    assert all(is_locked(cell) for cell in tests)
    assert sum(cell.metadata.nbgrader.points for cell in tests) == open_room().max_score


def test_otters_notebook_has_a_question_for_each_file_and_a_test_for_each_item():
    sources = [cell.source for cell in notebooks.otter_source(SOLUTION, with_training=True).cells]
    assert sum(source.startswith("# BEGIN QUESTION") for source in sources) == len(MODULES)
    assert sum("BEGIN TEST CONFIG" in source for source in sources) == len(CELLS)


@pytest.mark.parametrize("mark", [{"nbgrader": {"solution": True}}, {"tags": ["otter_answer_cell"]}])
def test_what_a_student_hands_in_is_the_released_notebook_with_both_files_in_it(mark):
    cells = [nbformat.v4.new_code_cell("...", metadata=mark) for _ in MODULES]
    released = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("import torch"), *cells])
    files = {file: f"# {file}" for file in MODULES}
    sources = [cell.source for cell in notebooks.handed_in(released, files).cells]
    assert sources == ["import torch", *files.values()]


def test_a_released_notebook_with_another_number_of_answers_is_refused():
    released = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("import torch")])
    with pytest.raises(ValueError, match="zip"):
        notebooks.handed_in(released, SOLUTION)
