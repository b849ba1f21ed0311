"""A student's file as a module, in the process that runs it: what runs, what is left, and what is said about it."""

import json

import numpy as np
import pytest

from grading.mark.mendings import notes_on_reading
from grading.sandbox.worker import StudentFault, Worker

RNN = """
import torch
import torch.nn as nn


class VanillaRNN(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super().__init__()
        self.hidden_size = HIDDEN if "HIDDEN" in globals() else hidden_size
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.fc = nn.Linear(embedding_dim, output_size)

    def forward(self, x):
        return self.fc(self.embedding(x).mean(dim=1))
"""
SPEC = {"class": "VanillaRNN", "sizes": [11, 4, 6, 7]}
BROKEN = "\n\nclass Broken(nn.Module):\n    def forward(self, x):\n        return (x\n"


def described(worker):
    _, told = worker.ask("describe", **SPEC)
    return told["tensors"]


def is_right(worker):
    return described(worker)["fc.weight"] == [7, 4]


@pytest.fixture
def reader(zygote):
    """reader(source) -> a Worker that runs nothing; closed at the end of the test."""
    opened = []

    def open_one(source):
        content = source if isinstance(source, bytes) else source.encode()
        opened.append(Worker(zygote, "RNN_skeleton.py", content, 20.0, run=False))
        return opened[-1]

    yield open_one
    for worker in opened:
        worker.close()


LEFT_IN = {
    "colab": "from google.colab import drive\ndrive.mount('/content/drive')",
    "a csv that is not there": "import pandas as pd\ndf = pd.read_csv('df_file.csv')",
    "names that are not there": "for x, y in train_loader:\n    print(x)",
    "sys.exit": "import sys\nsys.exit(0)",
    "the interpreter's end": "import os\nos._exit(0)",
    "a command": "!pip install torch\n%matplotlib inline",
    "an exception": "raise RuntimeError('stop here')",
    "input": "name = input('who? ')",
    "get_ipython": "get_ipython().system('pip install torch')",
}


@pytest.mark.parametrize("place", ["above", "below"])
@pytest.mark.parametrize("code", LEFT_IN.values(), ids=LEFT_IN)
def test_classes_are_taken_whatever_stands_around_them(open_worker, code, place):
    source = f"{code}\n{RNN}" if place == "above" else f"{RNN}\n{code}\n"
    assert is_right(open_worker(source, "RNN_skeleton.py"))


def test_training_at_import_ends_with_the_time_and_costs_no_class(open_worker):
    worker = open_worker(RNN + "\nmodel = VanillaRNN(9, 2, 2, 2)\nwhile True:\n    pass\n", "RNN_skeleton.py", 1.0)
    assert worker.load_fault.outcome == "timeout"
    assert is_right(worker)


def test_definitions_under_an_import_that_may_fail_are_taken_with_it(open_worker):
    guarded = "try:\n    import google.colab\n    HIDDEN = 1\nexcept ImportError:\n    HIDDEN = 2\n"
    code = f"{guarded}\nif HIDDEN == 2:\n    SIZE = 5\nelse:\n    SIZE = 6\n"
    size = RNN.replace("nn.Linear(embedding_dim, output_size)", "nn.Linear(SIZE, output_size)")
    worker = open_worker(f"{code}{size}\nraise ValueError\n", "RNN_skeleton.py")
    assert not worker.whole
    assert described(worker)["fc.weight"] == [7, 5]


def test_a_notebook_under_a_modules_name_is_taken_for_its_definitions(open_worker):
    cells = [{"cell_type": "code", "source": source} for source in ("!pip install torch", RNN, "train_for_hours()")]
    for encoding in ("utf-8", "utf-16"):
        content = json.dumps({"cells": cells}).encode(encoding)
        assert is_right(open_worker(content, "RNN_skeleton.py"))


def test_a_module_under_a_notebooks_name_is_run_as_a_module(open_worker):
    worker = open_worker(RNN, "RNN_Implementation.ipynb")
    assert worker.whole
    assert is_right(worker)


def test_a_class_beside_one_that_can_not_be_read_is_marked(open_worker):
    assert is_right(open_worker(RNN + BROKEN, "RNN_skeleton.py"))


def test_a_class_that_can_not_be_read_says_so_with_its_line_whoever_uses_it(open_worker):
    source = RNN.replace("nn.Linear(embedding_dim, output_size)", "Broken()") + BROKEN
    line = source.split("\n").index("        return (x") + 1
    worker = open_worker(source, "RNN_skeleton.py")
    for name, sizes in (("Broken", []), ("VanillaRNN", SPEC["sizes"])):
        with pytest.raises(StudentFault) as raised:
            worker.ask("describe", **{"class": name, "sizes": sizes})
        assert (raised.value.outcome, raised.value.line) == ("unreadable", line)


FAILING = """
import torch.nn as nn
print(undefined_at_import)


class Part(nn.Module):
    size = unknown_size

    def forward(self, x):
        return x


class VanillaRNN(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super().__init__()
        self.part = Part()
"""


@pytest.mark.parametrize(("name", "sizes"), [("Part", []), ("VanillaRNN", SPEC["sizes"])])
def test_a_class_that_can_not_be_made_alone_says_why_with_its_line_whoever_uses_it(open_worker, name, sizes):
    worker = open_worker(FAILING, "RNN_skeleton.py")
    for _ in range(2):
        with pytest.raises(StudentFault) as raised:
            worker.ask("describe", **{"class": name, "sizes": sizes})
        assert raised.value.message == "NameError: name 'unknown_size' is not defined"
        assert raised.value.line == FAILING.split("\n").index("    size = unknown_size") + 1


def test_a_function_that_can_not_be_made_alone_leaves_an_earlier_one_of_its_name(open_worker):
    twice = "def size():\n    return 7\n\n\n@unknown_decorator\ndef size():\n    return 8\n\n\n"
    source = twice + RNN.replace("nn.Linear(embedding_dim, output_size)", "nn.Linear(embedding_dim, size())")
    assert described(open_worker(f"raise ValueError\n{source}", "RNN_skeleton.py"))["fc.weight"] == [7, 4]


# What is said about it


def test_what_was_done_to_a_file_is_said_in_whole_sentences_with_its_line(room, reader):
    (note,) = notes_on_reading(reader("!pip install torch\n" + RNN), "RNN_skeleton.py", room.words)
    assert note.startswith("RNN_skeleton.py has commands")
    assert "line 1" in note


def test_a_plain_file_needs_no_note_and_an_unreadable_one_has_its_verdict(room, reader):
    for source in (RNN, BROKEN):
        assert notes_on_reading(reader(source), "RNN_skeleton.py", room.words) == []


def test_every_mending_has_its_sentence(room):
    keys = {
        "encoding",
        "invisible",
        "conflict_first",
        "conflict_second",
        "commands",
        "tabs",
        "left_out",
        "cell_left_out",
    }
    assert keys <= set(room.words.tables["notes"])


class Liar:
    """A reader of a file of three lines that tells what it likes."""

    content = b"# one\n# two\n# three"

    def __init__(self, told):
        self.told = told

    def ask(self, operation):
        return {}, self.told


LIES = [
    7,
    [7, "tabs", None],
    [["tabs"]],
    [[[], 1, "8"]],
    [["tabs", "1", "8"]],
    [["tabs", 1, 8]],
    [["tabs", 4, "8"]],
    [["no key", 1, ""]],
]


@pytest.mark.parametrize("told", [{}, *({"mendings": lie} for lie in LIES)], ids=repr)
def test_an_answer_of_another_form_is_no_note(room, told):
    assert notes_on_reading(Liar(told), "RNN_skeleton.py", room.words) == []


def test_a_note_is_bounded_and_can_not_steer_a_terminal(room):
    notes = notes_on_reading(Liar({"mendings": [["tabs", 3, "\x1b[2J{line}" * 500]] * 100}), "a.py", room.words)
    assert len(notes) <= 20
    assert all(note.isprintable() and len(note) < 300 for note in notes)


def test_a_mean_of_words_is_what_this_module_computes(open_worker):
    arrays = {"x": np.zeros((2, 3), dtype=np.int64), "weight:embedding.weight": np.ones((11, 4))}
    weights = {"weight:fc.weight": np.ones((7, 4)), "weight:fc.bias": np.zeros(7)}
    worker = open_worker(RNN, "RNN_skeleton.py")
    found, _ = worker.ask("forward", arrays | weights, hidden_size=6, **SPEC)
    assert found["output"] == pytest.approx(np.full((2, 7), 4.0))
