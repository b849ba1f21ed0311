"""check(...) in the student's notebook: a wrong value is told as what it is, in the marker's words."""

import tomllib

import pytest
import torch

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
def checks(load_module, tmp_path):
    """The module that a cell of the notebook writes."""
    path = tmp_path / "notebook_checks.py"
    path.write_text(check_module(open_room()).partition("\n")[2], encoding="utf-8")
    return load_module("notebook_checks", path)


def class_of(load_module, case, name):
    file = "RNN_skeleton.py" if name == "VanillaRNN" else "GRU_skeleton.py"
    return getattr(load_module("of_a_student", CASES / case / file), name)


@pytest.mark.parametrize(("case", "name"), MISTAKES.items())
def test_a_known_mistake_is_named_in_four_lines_with_a_number_of_theirs(checks, load_module, capsys, case, name):
    checks.check(class_of(load_module, case, name))
    said = capsys.readouterr().out
    expected = tomllib.loads((CASES / case / "expected.toml").read_text())["misconceptions"]
    causes = [open_room().words.misconception(mistake).partition("…")[0] for mistake in expected.values()]
    assert any(cause in said for cause in causes)
    assert "where" in said
    assert "stopped with" not in said
    assert [label for label in ("Saw", "Expected", "Cause", "Next") if label not in said] == []


@pytest.mark.parametrize("name", ["VanillaRNN", "GRUCell", "GRUModel"])
def test_the_solution_is_right_in_every_line(checks, load_module, capsys, name):
    checks.check(class_of(load_module, "all-right", name))
    assert "Saw" not in capsys.readouterr().out


FORMS = [path for path in sorted((REPOSITORY / "assignment" / "forms").glob("*/*.py")) if path.stem != "cuda_always"]


def accused(checks, kind):
    return [item["id"] for item, finding in checks.findings_of(kind) if finding["status"] in {"wrong", "error"}]


@pytest.mark.filterwarnings("ignore:`torch.jit.script` is deprecated:DeprecationWarning")
@pytest.mark.parametrize("path", FORMS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_right_form_is_accused_of_nothing(checks, load_module, path):
    module = load_module("of_a_student", path)
    classes = [getattr(module, name) for name in checks.CHECKS["classes"] if hasattr(module, name)]
    assert classes
    assert [accused(checks, kind) for kind in classes] == [[]] * len(classes)


@pytest.mark.parametrize("part", ["rnn", "gru"])
def test_a_form_for_a_gpu_stops_only_where_there_is_none(checks, load_module, part):
    module = load_module("of_a_student", REPOSITORY / "assignment" / "forms" / part / "cuda_always.py")
    kinds = [getattr(module, name) for name in checks.CHECKS["classes"] if hasattr(module, name)]
    assert any(accused(checks, kind) for kind in kinds) != torch.cuda.is_available()


def test_sizes_that_are_wrong_are_told_where_the_lines_are_right(checks, load_module):
    assert accused(checks, class_of(load_module, "layer-sizes-swapped", "GRUCell")) == ["gru.layers"]
