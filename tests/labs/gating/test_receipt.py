"""A receipt of the lab is run as a student runs it, and prints the numbers of the result."""

import re
import subprocess
import sys

import pytest

from grading.mark.grade import grade
from grading.prove.known_mistakes import read_mistakes
from grading.report.receipt import receipt, seen_numbers
from grading.room import open_room
from labs.gating.misconceptions import CATALOGUE

ROOM = open_room("gating")
CASES = ROOM.path / "cases"
MISTAKES = read_mistakes(ROOM)
BY_HAND = [  # case, item that it loses by numbers, the mistake that is named
    ("main-assignments-forms", "gru.candidate", "reset-before-matmul"),
    ("main-assignments-forms", "gru.new_state", "mix-swapped"),
    ("published-activations", "mgu.gate", "minimal-gate-without-sigmoid"),
    ("published-activations", "mgu.candidate", "minimal-candidate-without-tanh"),
    ("padding-read-out", "gru.last_state", "last-position-for-last-word"),
    ("head-left-out", "mgu.last_state", None),
]


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    """case -> Result, marked once for the module."""
    kept = {}

    def mark(case, source=None):
        if case not in kept:
            out = tmp_path_factory.mktemp("receipts")
            (kept[case],) = grade(ROOM, source or CASES / case, out, jobs=1, progress=False).results
        return kept[case]

    return mark


def run(program, tmp_path):
    """The lines that a program prints, run by an interpreter that knows none of our modules."""
    path = tmp_path / "receipt.py"
    path.write_text(program, encoding="utf-8")
    done = subprocess.run([sys.executable, "-I", str(path)], capture_output=True, encoding="utf-8", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def seen_in(result, item_id):
    return seen_numbers(ROOM, next(item.saw for item in result.items if item.id == item_id))


@pytest.mark.parametrize(("case", "item_id", "mistake"), BY_HAND)
def test_a_receipt_prints_the_number_that_was_expected_and_the_student_s(marked, tmp_path, case, item_id, mistake):
    result = marked(case)
    seen = seen_in(result, item_id)
    expected, yours, *named, _ = run(receipt(ROOM, result, item_id), tmp_path)
    assert expected.split()[-1] == seen["expected"] != seen["got"]
    assert yours.split()[-1] == seen["got"]
    assert [(mistake in line, line.split()[-1]) for line in named] == ([(True, seen["got"])] if mistake else [])


@pytest.mark.parametrize("mistake", dict.fromkeys(entry.id for entry in CATALOGUE.of("gru.last_state")))
def test_whichever_state_is_read_its_number_is_computed(marked, tmp_path, mistake):
    text = (CASES / "all-right" / "GRUNet_skeleton.py").read_text(encoding="utf-8")
    wrong = next(one.written for one in MISTAKES if (one.item, one.name) == ("gru.last_state", mistake))
    (tmp_path / mistake).mkdir()
    (tmp_path / mistake / "GRUNet_skeleton.py").write_text(
        text.replace("states[torch.arange(len(states)), lengths - 1]", wrong), encoding="utf-8"
    )
    result = marked(mistake, tmp_path / mistake)
    seen = seen_in(result, "gru.last_state")
    expected, yours, named, _ = run(receipt(ROOM, result, "gru.last_state"), tmp_path)
    assert expected.split()[-1] == seen["expected"] != seen["got"]
    assert mistake in named
    assert named.split()[-1] == yours.split()[-1] == seen["got"]


def test_layers_without_a_bias_are_computed_without_it(marked, tmp_path):
    text = (CASES / "main-assignments-forms" / "GRUNet_skeleton.py").read_text(encoding="utf-8")
    without = re.sub(r"(self\.U = nn\.Linear\([^)]*)\)", r"\1, bias=False)", text)
    (tmp_path / "unbiased").mkdir()
    (tmp_path / "unbiased" / "GRUNet_skeleton.py").write_text(without, encoding="utf-8")
    result = marked("unbiased", tmp_path / "unbiased")
    seen = seen_in(result, "gru.candidate")
    expected, yours, mistake, _ = run(receipt(ROOM, result, "gru.candidate"), tmp_path)
    assert without != text
    assert expected.split()[-1] == seen["expected"]
    assert mistake.split()[-1] == yours.split()[-1] == seen["got"]


def test_a_layer_that_is_a_stack_is_shown_as_the_layers_of_the_equations(marked):
    program = receipt(ROOM, marked("main-assignments-forms"), "gru.candidate")
    assert "W_h = lambda v: " in program
    assert "W_r" not in program
    assert len(program.splitlines()) <= 12
