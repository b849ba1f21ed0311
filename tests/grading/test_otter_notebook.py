"""The notebook for otter as it is written."""

import ast
import re

import pytest

from grading.export.otter_notebook import in_otters_marks, source_notebook
from grading.room import open_room


@pytest.fixture(scope="module")
def cells():
    return source_notebook(open_room()).cells


def test_every_item_is_a_question_with_its_points(room, cells):
    settings = [cell.source for cell in cells if cell.source.startswith("# BEGIN QUESTION")]
    told = {re.search(r"name: (\w+)", text)[1]: float(re.search(r"points: (\S+)", text)[1]) for text in settings}
    assert told == {re.sub(r"\W", "_", item.id): item.points for item in room.items.values() if item.points}


def test_each_class_is_answered_once(cells):
    answers = [
        cell.source for cell in cells if cell.cell_type == "code" and "# BEGIN SOLUTION NO PROMPT" in cell.source
    ]
    assert [name for text in answers for name in re.findall(r"^class (\w+)", text, re.MULTILINE)] == [
        "VanillaRNN",
        "GRUCell",
        "GRUModel",
    ]


def test_what_otter_leaves_to_students_is_our_blank(room):
    source = "    # BEGIN BLANK gru.update_gate\n    z_t = torch.sigmoid(x)\n    # END BLANK"
    marked = in_otters_marks(source, room).split("\n")
    assert marked[1].startswith("    z_t = ...  # z_t = sigmoid(")
    assert [line.strip() for line in marked if "..." not in line] == [
        '""" # BEGIN PROMPT',
        '""" # END PROMPT',
        "# BEGIN SOLUTION NO PROMPT",
        "z_t = torch.sigmoid(x)",
        "# END SOLUTION",
    ]


def test_the_marked_answers_are_python(cells):
    for cell in cells:
        if cell.cell_type == "code":
            ast.parse(cell.source)


def test_the_numbers_that_students_do_not_see_are_in_hidden_tests_alone(cells):
    with_numbers = [cell.source for cell in cells if '"items": [' in cell.source or '\\"items\\"' in cell.source]
    assert with_numbers
    assert all(source.startswith("# HIDDEN\n") for source in with_numbers)
