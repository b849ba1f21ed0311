"""Our own notebook, filled in and handed in whole, is marked like the modules that its last cell writes from it."""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from grading.build.products import INSTRUCTORS_ONLY, make_products
from grading.prove.attack_files import Targets, read_attacks
from grading.prove.marker import Marker
from grading.room import open_room
from grading.sandbox.student_module import NotRun, load_module

ROOMS = {"assignment": "VanillaRNN", "gating": "MinimalGatedCell"}
BLINDING = [
    "def caught():\n    return sys._getframe()",
    "class caught:\n    def __new__(cls):\n        return cls.note.__globals__",
]


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


def test_a_release_with_other_cells_around_the_blanks_is_marked_like_today_s(room, marker, solution):
    other = with_another_text(solution[room.notebook], "code = function.__code__", "code = function.__code__  # older")
    other = with_another_text(other, "__code__.co_firstlineno", "__code__.co_firstlineno + 0")
    result = marker.mark({room.notebook: other})
    assert (result.status, result.score) == ("graded", result.score_possible)


def test_a_class_that_differs_between_notebook_and_module_is_named_as_differing(room, marker, solution):
    name = ROOMS[room.name]
    other = with_another_text(solution[room.notebook], f"class {name}(nn.Module):", f"class {name}(nn.Module, object):")
    result = marker.mark(solution | {room.notebook: other})
    (item,) = [item for item in result.items if item.id == "submission.notebook"]
    assert item.status == "failed"
    assert name in item.saw
    assert "does not define" not in item.saw


def test_a_class_that_stands_on_what_is_not_run_goes_to_a_person(room, marker, solution):
    name = ROOMS[room.name]
    blinded = with_another_text(
        solution[room.notebook], f"class {name}(nn.Module):", f"@run_statement.__call__\nclass {name}(nn.Module):"
    )
    result = marker.mark({room.notebook: blinded})
    (module,) = [item.file for item in room.items.values() if item.target.startswith(f"{name}.")][:1]
    left = {status for item_id, status in statuses(result).items() if room.items[item_id].file == module}
    assert left == {"needs_review"}


@pytest.mark.parametrize("blind", BLINDING)
def test_nothing_of_a_notebook_runs_that_could_blind_the_watch_over_calls(blind):
    module = load_module("notebook.ipynb", notebook_of(f"import sys\nran = True\n{blind}"), "whole")
    assert module.ran
    with pytest.raises(NotRun):
        module.caught()


def test_of_a_notebook_no_more_is_run_than_imports_and_what_its_classes_stand_on():
    code = """
import math
try:
    import nowhere
except ImportError:
    nowhere = None
SIZE = 3
OTHER = [SIZE]
class Base: pass
class Good(Base):
    size = SIZE
class Setup:
    math.planted = True
"""
    module = load_module("notebook.ipynb", notebook_of(code), "whole", ["Good"])
    assert {"math", "nowhere", "SIZE", "Base", "Good"} <= vars(module).keys()
    assert not {"OTHER", "Setup"} & vars(module).keys()
    assert not hasattr(module.math, "planted")


def test_no_way_round_wins_in_a_notebook(tmp_path):
    room = open_room()
    targets = Targets(str(tmp_path / "canary"), str(tmp_path), 1, 1, str(tmp_path / "source"), "mark")
    attacks = [attack for attack in read_attacks(room) if str(attack).startswith("roundabout/")]
    won = []
    with Marker(room, jobs=1) as marker:
        for attack in attacks:
            files = attack.submitted(targets).files
            result = marker.mark({name: notebook_of(content.decode()) for name, content in files.items()})
            won += [str(attack) for item in result.items if (item.id, item.status) == ("rnn.hidden_update", "passed")]
    assert len(attacks) > 30
    assert won == []


def notebook_of(code):
    return nbformat.writes(new_notebook(cells=[new_code_cell(code)])).encode()
