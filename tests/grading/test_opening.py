"""How a student's file is opened: whole, else its definitions; and the child that has read it goes on to run it."""

import contextlib
import json

import pytest

from grading.sandbox.worker import Worker
from tests.grading.student_code import GOOD, LONG, SHORT, assert_answers, fault_of, with_bad

# What fails when a file is run whole; its definitions are marked all the same: (line before, line after, outcome).
HALF_RUN = {
    "error_at_the_end": ("", "raise RuntimeError('training data missing')", "error"),
    "error_at_the_start": ("open('/nowhere/df_file.csv')", "", "error"),
    "unknown_names": ("", "train(Good(), loader)", "error"),
    "sys_exit": ("import sys", "sys.exit(0)", "error"),
    "command_line": ("import argparse", "options = argparse.ArgumentParser().parse_args(['--wrong'])", "error"),
    "os_exit": ("import os", "os._exit(0)", "crashed"),
    "class_that_exits": ("class Early:\n    import sys\n    sys.exit(1)\n", "", "error"),
    "assignment_that_exits": ("import os\nnumber = os._exit(1)", "", "crashed"),
    "assignment_that_fails": ("model = torch.load('missing.pth')", "", "error"),
}


@pytest.mark.parametrize(("before", "after", "outcome"), HALF_RUN.values(), ids=HALF_RUN)
def test_a_file_that_cannot_be_run_whole_is_opened_for_its_definitions(open_worker, before, after, outcome):
    worker = open_worker(f"{before}\n{GOOD}\n{after}\n")
    assert worker.whole is False
    assert worker.load_fault.outcome == outcome
    assert_answers(worker)


def test_a_file_that_never_ends_at_import_is_opened_for_its_definitions(open_worker):
    worker = open_worker(GOOD + "\nwhile True:\n    pass\n", time_limit=SHORT)
    assert (worker.whole, worker.load_fault.outcome) == (False, "timeout")
    worker.time_limit = LONG
    assert_answers(worker)


def test_definitions_alone_stay_alone_after_a_crash(open_worker):
    worker = open_worker(with_bad("import os; os._exit(0)") + "\nraise RuntimeError\n")
    assert fault_of(worker).outcome == "crashed"
    assert_answers(worker)
    assert worker.whole is False


def test_definitions_find_torch_even_where_its_import_failed(open_worker):
    source = GOOD.replace("import torch\n", "from google.colab import drive; import torch\n")
    source = source.replace("from torch import nn\n", "drive.mount()\n")
    worker = open_worker(source)
    assert worker.whole is False
    assert_answers(worker)


UNOPENABLE = {
    "crash": ("class Early:\n    import os\n    os._exit(1)\n", "crashed", LONG),
    "loop": ("class Early:\n    while True:\n        pass\n", "timeout", SHORT),
}


@pytest.mark.parametrize(("line", "outcome", "limit"), UNOPENABLE.values(), ids=UNOPENABLE)
def test_a_file_whose_definitions_cannot_be_run_either_answers_every_question_with_why(
    open_worker, line, outcome, limit
):
    worker = open_worker(line + GOOD, time_limit=limit)
    assert [fault_of(worker, "Good").outcome for _ in range(2)] == [outcome] * 2
    assert_answers(open_worker(GOOD))


UNREADABLE = {
    "bracket_missing": ("x = (1\n", 1),
    "merge_conflict": ("x = 1\n<<<<<<< HEAD\ny = 2\n=======\n", 2),
    "indentation": ("x = 1\n  y = 2\n", 2),
    "null_byte": ("x = (\0\n", 1),
    "deeply_nested": ("x = " + "(" * 5000 + ")" * 5000, None),
    "no_notebook": ('{"cells": 7}', None),
    "half_a_notebook": ('{"cells": [', None),
}


@pytest.mark.parametrize(("source", "line"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_is_not_python_answers_every_question_with_why(open_worker, source, line):
    worker = open_worker(source.encode())
    faults = [fault_of(worker, "Good") for _ in range(2)]
    assert [fault.outcome for fault in faults] == ["unreadable"] * 2
    if line:
        assert faults[0].line == line


NOTEBOOK = {
    "cells": [
        {"cell_type": "markdown", "source": ["not ( Python"]},
        {"cell_type": "code", "source": ["!wget https://example.org/df_file.csv\n", "%matplotlib inline\n"]},
        {"cell_type": "code", "source": "this cell was left ( broken"},
        {"cell_type": "code", "source": GOOD.splitlines(keepends=True)},
    ]
}


ENCODED = {
    "byte_order_mark": b"\xef\xbb\xbf" + GOOD.encode(),
    "windows_lines": GOOD.replace("\n", "\r\n").encode(),
    "old_mac_lines": GOOD.replace("\n", "\r").encode(),
    "latin_1": b"# caf\xe9\n" + GOOD.encode(),
    "notebook": json.dumps(NOTEBOOK).encode(),
}


@pytest.mark.parametrize("content", ENCODED.values(), ids=ENCODED)
def test_a_file_is_read_however_it_was_saved(open_worker, content):
    worker = open_worker(content)
    assert worker.load_fault is None
    assert_answers(worker)


def test_a_notebook_is_never_run_whole(open_worker):
    cell = {"cell_type": "code", "source": GOOD + "\nraise RuntimeError('training')\n"}
    worker = open_worker(json.dumps({"cells": [cell]}))
    assert (worker.whole, worker.load_fault) == (False, None)
    assert_answers(worker)


# A child that has read a file goes on to run it


@pytest.fixture
def read_and_run(zygote):
    """read_and_run(source) -> (a Worker that reads, a Worker that will run in its child); closed at the end."""
    with contextlib.ExitStack() as opened:

        def open_both(source):
            reader = opened.enter_context(Worker(zygote, "m.py", source, LONG, run=False))
            return reader, opened.enter_context(Worker(zygote, "m.py", source, LONG, reader=reader))

        yield open_both


def test_a_readers_child_goes_on_to_run_the_file_and_the_reader_gets_a_new_one(read_and_run):
    reader, worker = read_and_run(GOOD.encode())
    reader.ask("locate", targets=[], classes=[])
    child = reader.child
    worker.load()
    assert worker.child is child
    assert reader.child is None
    assert_answers(worker)
    reader.ask("locate", targets=[], classes=[])
    assert reader.child is not child


def test_a_reader_whose_child_has_ended_hands_nothing_over(read_and_run):
    reader, worker = read_and_run(GOOD.encode())
    reader.stop_child()
    worker.load()
    assert_answers(worker)


def test_nothing_of_a_file_has_run_when_its_reader_answers(read_and_run):
    source = b"import os\nos._exit(0)\nclass Cell:\n    def forward(self):\n        z = ...\n"
    reader, worker = read_and_run(source)
    _, told = reader.ask("locate", targets=["Cell.forward:z"], classes=["Cell"])
    assert told["targets"]["Cell.forward:z"] == {"line": 5, "blank": True}
    worker.load()
    assert worker.load_fault.outcome == "crashed"
