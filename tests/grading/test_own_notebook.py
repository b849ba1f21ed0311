"""Our own notebook, filled in and handed in whole, is marked like the modules that its last cell writes from it."""

import json

import pytest

from grading.build.products import INSTRUCTORS_ONLY, make_products
from grading.mark.given import given_statements
from grading.prove.marker import Marker
from grading.room import open_room

ROOMS = {"assignment": "VanillaRNN", "gating": "MinimalGatedCell"}
ALTERED = "code = function.__code__", "code = type(function).__code__"


@pytest.fixture(scope="module", params=ROOMS)
def room(request):
    return open_room(request.param)


@pytest.fixture(scope="module")
def marker(room):
    with Marker(room, jobs=1) as marker:
        yield marker


@pytest.fixture(scope="module")
def solution(room):
    """The notebook and the modules with every blank filled in: name -> bytes."""
    products = make_products(room)
    return {name: products[INSTRUCTORS_ONLY / room.name / name] for name in (room.notebook, *room.modules)}


def with_another_text(notebook, old, new):
    """A notebook with one text in its code changed, wherever it stands."""
    read = json.loads(notebook)
    cells = [cell for cell in read["cells"] if cell["cell_type"] == "code"]
    assert any(old in "".join(cell["source"]) for cell in cells)
    for cell in cells:
        cell["source"] = "".join(cell["source"]).replace(old, new)
    return json.dumps(read).encode()


def statuses(result):
    return {item.id: item.status for item in result.items if item.max_points}


def test_the_notebook_alone_has_full_marks(room, marker, solution):
    result = marker.mark({room.notebook: solution[room.notebook]})
    assert (result.status, result.score) == ("graded", result.score_possible)
    assert set(statuses(result).values()) == {"passed"}


def test_what_is_given_counts_as_given_only_as_it_was(room, marker, solution):
    result = marker.mark({room.notebook: with_another_text(solution[room.notebook], *ALTERED)})
    assert set(statuses(result).values()) == {"needs_review"}


def test_a_class_that_differs_between_notebook_and_module_is_named_as_differing(room, marker, solution):
    name = ROOMS[room.name]
    other = with_another_text(solution[room.notebook], f"class {name}(nn.Module):", f"class {name}(nn.Module, object):")
    result = marker.mark(solution | {room.notebook: other})
    (item,) = [item for item in result.items if item.id == "submission.notebook"]
    assert item.status == "failed"
    assert name in item.saw
    assert "does not define" not in item.saw


def test_a_notebook_that_is_not_there_gives_nothing(tmp_path):
    assert given_statements(tmp_path / "none.ipynb") == frozenset()
