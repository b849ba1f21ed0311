"""Right in another form is right: every file of assignment/forms gets all points of its half, accused of nothing."""

from pathlib import Path

import pytest

from grading.mark.files import Submission
from grading.mark.marking import mark_submission
from grading.room import open_room
from grading.sandbox.worker import Zygote

FORMS = Path(__file__).parents[2] / "assignment" / "forms"
FILES = {"gru": "GRU_skeleton.py", "rnn": "RNN_skeleton.py"}
FOUND = {f"{path.parent.name}/{path.stem}": path for path in sorted(FORMS.glob("*/*.py"))}


@pytest.fixture(scope="module")
def mark():
    """mark(path) -> the rows of the half that this form is of."""
    room, zygote = open_room(), Zygote()

    def mark_form(path):
        file = FILES[path.parent.name]
        result = mark_submission(room, Submission(path.stem, {file: path.read_bytes()}), zygote)
        return [row for row in result.items if row.file == file and row.max_points]

    yield mark_form
    zygote.close()


def test_there_are_forms_of_both_models():
    assert {path.parent.name for path in FOUND.values()} == set(FILES)


@pytest.mark.parametrize("form", FOUND)
def test_a_right_form_gets_all_points_and_is_accused_of_nothing(mark, form):
    rows = mark(FOUND[form])
    assert {row.id: row.status for row in rows if row.status != "passed"} == {}
    assert [row.misconception for row in rows if row.misconception] == []
