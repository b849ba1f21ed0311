"""check(...) in the student's notebook: a wrong value is told as what it is, in the marker's words."""

import importlib.util
import sys
import tomllib

import pytest

from grading.build.products import check_module
from grading.room import REPOSITORY, open_room

CASES = REPOSITORY / "assignment" / "cases"
MISTAKES = {  # a case of the sample class -> the class whose check names its mistake
    "no-recurrence": "VanillaRNN",
    "rnn-sigmoid-for-tanh": "VanillaRNN",
    "reset-after-matmul": "GRUCell",
    "reset-ignored": "GRUCell",
    "mix-swapped": "GRUCell",
    "last-word-skipped": "GRUModel",
}


@pytest.fixture
def load(monkeypatch):
    """load(name, path) -> the module made of a file, known under that name while the test runs."""

    def load_one(name, path):
        place = importlib.util.spec_from_file_location(name, path)
        module = importlib.util.module_from_spec(place)
        monkeypatch.setitem(sys.modules, name, module)
        place.loader.exec_module(module)
        return module

    return load_one


@pytest.fixture
def checks(load, tmp_path):
    """The module that a cell of the notebook writes."""
    path = tmp_path / "notebook_checks.py"
    path.write_text(check_module(open_room()).partition("\n")[2], encoding="utf-8")
    return load("notebook_checks", path)


def class_of(load, case, name):
    file = "RNN_skeleton.py" if name == "VanillaRNN" else "GRU_skeleton.py"
    return getattr(load("of_a_student", CASES / case / file), name)


@pytest.mark.parametrize(("case", "name"), MISTAKES.items())
def test_a_known_mistake_is_named_in_four_lines_with_a_number_of_theirs(checks, load, capsys, case, name):
    checks.check(class_of(load, case, name))
    said = capsys.readouterr().out
    expected = tomllib.loads((CASES / case / "expected.toml").read_text())["misconceptions"]
    causes = [open_room().words.misconception(mistake).partition("…")[0] for mistake in expected.values()]
    assert any(cause in said for cause in causes)
    assert "where" in said
    assert "stopped with" not in said
    assert [label for label in ("Saw", "Expected", "Cause", "Next") if label not in said] == []


@pytest.mark.parametrize("name", ["VanillaRNN", "GRUCell", "GRUModel"])
def test_the_solution_is_right_in_every_line(checks, load, capsys, name):
    checks.check(class_of(load, "all-right", name))
    assert "Saw" not in capsys.readouterr().out
