"""The same assignment as a conventional instructor's notebook: for nbgrader, for otter, and as students hand it in."""

import inspect
from dataclasses import dataclass

from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from assignment.marking import learning
from benchmarks import conventional_tests
from benchmarks.students import MODULES
from grading.export.nbgrader_course import with_id
from grading.export.writing import python_notebook
from grading.room import open_room

IMPORTS = "import torch\nfrom torch import nn"


@dataclass(frozen=True)
class TestCell:
    """One item of the rubric as a test cell: its points and its source."""

    item: str
    points: float
    file: str
    source: str

    @property
    def name(self):
        return self.item.replace(".", "_")


def test_cells(with_training):
    """The rubric's scored items as test cells, in its order; without `*.learns` unless `with_training`."""
    items = [item for item in open_room().items.values() if item.points]
    return [test_cell(item) for item in items if with_training or not item.id.endswith(".learns")]


def test_cell(item):
    if item.id.endswith(".learns"):
        test = conventional_tests.learns
        arguments = ", ".join(
            [item.class_name, *(f"{name}={value}" for name, value in training_sizes(item.class_name).items())]
        )
    else:
        test = getattr(conventional_tests, item.id.replace(".", "_"))
        (arguments,) = inspect.signature(test).parameters
    source = f"{inspect.getsource(test)}{test.__name__}({arguments})"
    return TestCell(item.id, item.points, item.file, source)


def training_sizes(class_name):
    """The short training of our marker, to the number: texts, model, steps and what is asked of it."""
    task = learning.TASKS[class_name]
    return {
        "words": learning.WORDS,
        "scale": learning.WORD_SCALE,
        "length": task.length,
        "embedding": learning.EMBEDDING,
        "hidden": learning.HIDDEN,
        "classes": learning.CLASSES,
        "steps": task.steps,
        "batch": learning.BATCH,
        "rate": task.learning_rate,
        "held_back": learning.HELD_BACK,
        "threshold": learning.threshold(class_name),
    }


def nbgrader_source(solution, with_training):
    """nbgrader's source notebook.  solution: file name -> the right answer, which stands in each solution cell."""
    cells = [new_code_cell(IMPORTS)]
    for file in MODULES:
        answer = f"### BEGIN SOLUTION\n{solution[file]}\n### END SOLUTION"
        cells.append(with_id(new_code_cell(answer), cell_id(file), solution=True))
        for test in tests_of(file, with_training):
            cells.append(with_id(new_code_cell(test.source), test.name, points=test.points))
    return python_notebook(cells)


def otter_source(solution, with_training):
    """otter's notebook for `otter assign`: a question for each file, with a test for each item."""
    cells = [new_raw_cell("# ASSIGNMENT CONFIG\ngenerate: true\nexport_cell: false\n"), new_code_cell(IMPORTS)]
    for file in MODULES:
        cells += [new_raw_cell(f"# BEGIN QUESTION\nname: {cell_id(file)}\n"), new_markdown_cell(f"Complete {file}.")]
        answer = f"# BEGIN SOLUTION\n{solution[file]}\n# END SOLUTION"
        cells += [new_raw_cell("# BEGIN SOLUTION"), new_code_cell(answer), new_raw_cell("# END SOLUTION")]
        tests = [new_code_cell(otter_test(test)) for test in tests_of(file, with_training)]
        cells += [new_raw_cell("# BEGIN TESTS"), *tests, new_raw_cell("# END TESTS"), new_raw_cell("# END QUESTION")]
    return python_notebook(cells)


def otter_test(test):
    """A test cell's source, with its points as otter reads them."""
    return f'""" # BEGIN TEST CONFIG\npoints: {test.points}\n""" # END TEST CONFIG\n{test.source}'


def handed_in(notebook, files):
    """A released notebook with one student's files in its answer cells, in order.  Changes and returns it."""
    answers = [cell for cell in notebook.cells if is_answer(cell)]
    for cell, file in zip(answers, MODULES, strict=True):
        cell.source = files[file]
    return notebook


def is_answer(cell):
    """Whether a cell of a released notebook waits for a student's answer, as nbgrader or otter marks it."""
    return cell.metadata.get("nbgrader", {}).get("solution", False) or "otter_answer_cell" in cell.metadata.get(
        "tags", []
    )


def tests_of(file, with_training):
    return [test for test in test_cells(with_training) if test.file == file]


def cell_id(file):
    """The grade_id of the cell that holds a file's classes."""
    return file.removesuffix(".py")
