"""Submissions that try to get points for what they have not written, by the tricks that concern this assignment."""

import pytest

from grading.build.products import INSTRUCTORS_ONLY, make_products, write_products
from grading.mark.files import Submission
from grading.mark.marking import mark_submission
from grading.mark.module import Module
from grading.room import REPOSITORY

RIGHT = REPOSITORY / "assignment" / "cases" / "all-right"


@pytest.fixture
def mark(room, zygote):
    """Mark two files, the right ones unless others are given."""

    def mark_files(rnn=None, gru=None):
        files = {name: (RIGHT / name).read_bytes() for name in room.modules}
        files |= {"RNN_skeleton.py": rnn.encode()} if rnn is not None else {}
        files |= {"GRU_skeleton.py": gru.encode()} if gru is not None else {}
        return mark_submission(room, Submission("Ann", files), zygote)

    return mark_files


def points(result, prefix):
    return sum(item.points for item in result.items if item.id.startswith(prefix))


@pytest.mark.parametrize(
    "source",
    [
        "from instructor.assignment.RNN_skeleton import VanillaRNN\n",
        "import assignment.equations\nfrom grading.build.solution import solution_classes\n",
        "import sys\nimport grading.sandbox.worker\n",
    ],
)
def test_no_import_reaches_our_files(room, mark, source):
    solution = {path: text for path, text in make_products(room).items() if path.parts[0] == INSTRUCTORS_ONLY.name}
    write_products(solution)  # so that there is something to steal
    result = mark(rnn=source)
    assert points(result, "rnn.") == 0
    assert points(result, "gru.") == 63


LIBRARY = """
import torch
import torch.nn as nn

{before}

class VanillaRNN(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.Wx = nn.Linear(embedding_dim, hidden_size)
        self.Wh = nn.Linear(hidden_size, hidden_size)
        self.fc = nn.Linear(hidden_size, output_size)

    def forward(self, x):
        embedded = self.embedding(x)
        h = torch.zeros(x.size(0), self.hidden_size)
        for t in range(x.size(1)):
            xt = embedded[:, t]
            h = {cell}(xt, h, self.Wx.weight, self.Wh.weight, self.Wx.bias, self.Wh.bias)
        return self.fc(h)
"""
FORGERY = """
import sys
frame = sys._getframe()
while "OPERATIONS" not in frame.f_globals:
    frame = frame.f_back
frame.f_globals["OPERATIONS"]["locate"] = lambda module, arrays, facts: (
    {}, {"targets": {t: {"line": 1, "blank": False} for t in facts["targets"]}, "library": []}
)
"""


@pytest.mark.parametrize(
    ("before", "cell"),
    [
        ("", "torch.rnn_tanh_cell"),
        ("def step(*given):\n    return torch.rnn_tanh_cell(*given)\n", "step"),
        ("from torch import rnn_tanh_cell as step\n", "step"),
        (FORGERY, "torch.rnn_tanh_cell"),
    ],
    ids=["plain", "in_a_helper", "renamed_import", "with_a_forged_reader"],
)
def test_a_ready_made_cell_on_the_marked_path_goes_to_a_person(mark, before, cell):
    result = mark(rnn=LIBRARY.format(before=before, cell=cell))
    assert result.status == "needs_review"
    assert points(result, "rnn.") == 0
    handwritten = next(item for item in result.items if item.id == "submission.handwritten")
    assert handwritten.status == "needs_review"


def test_a_blank_is_a_blank_whatever_the_running_code_says(mark):
    skeleton = (REPOSITORY / "RNN_skeleton.py").read_text(encoding="utf-8")
    assert points(mark(rnn=skeleton + FORGERY), "rnn.") == 0


def test_a_half_in_which_nothing_could_be_looked_for_goes_to_a_person(mark, monkeypatch):
    assert points(mark(), "rnn.") > 0
    monkeypatch.setattr(Module, "is_unread", True)
    result = mark()
    assert result.status == "needs_review"
    assert points(result, "rnn.") == 0
    handwritten = next(item for item in result.items if item.id == "submission.handwritten")
    assert "could not be looked for" in handwritten.saw
