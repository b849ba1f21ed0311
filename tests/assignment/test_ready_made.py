"""A ready-made recurrent layer on the path that is marked goes to a person, however it is reached."""

import textwrap
from pathlib import Path

import pytest

from grading.mark.files import Submission
from grading.mark.marking import mark_submission
from grading.room import open_room
from grading.sandbox.worker import Zygote

ALL_RIGHT = (Path(__file__).parents[2] / "assignment" / "cases" / "all-right" / "GRU_skeleton.py").read_text()
CELL = "    def forward(self, x, h_prev):  # (B, E), (B, H) -> (B, H)\n"
WEIGHTS = """\
weight = torch.cat([self.W_r.weight, self.W_z.weight, self.W_h.weight])
state = torch.cat([self.U_r.weight, self.U_z.weight, self.U_h.weight])
bias = torch.zeros(3 * self.hidden_size)
"""
MADE = "made(x.size(1), h_prev.size(1))(x, h_prev)"
CALLED = "made(x, h_prev, weight, state, bias, bias)"
WAYS = {
    "by_its_name": f"made = nn.GRUCell\nreturn {MADE}",
    "getattr_of_pieces": f"made = getattr(nn, 'GR' + 'UCell')\nreturn {MADE}",
    "importlib": f"import importlib as i\nmade = vars(i.import_module('torch.nn'))['GRUCell']\nreturn {MADE}",
    "the_function_behind_it": f"{WEIGHTS}made = torch.gru_cell\nreturn {CALLED}",
    "torch_VF": f"{WEIGHTS}made = getattr(torch, '_V' + 'F').gru_cell\nreturn {CALLED}",
    "modes_off": f"with torch._C.DisableTorchFunction():\n    return vars(nn)['GR' + 'UCell']{MADE[4:]}",
    "subclasses_off": f"{WEIGHTS}with torch._C.DisableTorchFunctionSubclass():\n"
    f"    return getattr(torch._C._VariableFunctions, 'gru' + '_cell'){CALLED[4:]}",
    "modes_off_without_gradients": f"{WEIGHTS}with torch._C.DisableTorchFunction(), torch.inference_mode():\n"
    f"    return getattr(torch, 'gru' + '_cell'){CALLED[4:]}",
    "aten_by_its_overload": f"{WEIGHTS}with torch._C.DisableTorchFunction():\n"
    f"    return getattr(torch.ops.aten, 'gru' + '_cell').default{CALLED[4:]}",
    "aten": f"{WEIGHTS}made = getattr(torch.ops.aten, 'gru' + '_cell')\nreturn {CALLED}",
}


@pytest.fixture(scope="module")
def mark():
    """mark(text of GRU_skeleton.py) -> (score, item id -> row)."""
    room, zygote = open_room(), Zygote()

    def mark_text(text):
        result = mark_submission(room, Submission("one", {"GRU_skeleton.py": text.encode()}), zygote)
        return result, {row.id: row for row in result.items}

    yield mark_text
    zygote.close()


@pytest.mark.parametrize("way", WAYS)
def test_a_ready_made_layer_in_the_cell_is_seen_shown_with_its_line_and_left_to_a_person(mark, way):
    before, after = ALL_RIGHT.split(CELL)
    text = before + CELL + textwrap.indent(WAYS[way], " " * 8) + "\n\n" + after[after.index("class GRUModel") :]
    result, rows = mark(text)
    assert (result.status, result.score) == ("needs_review", 0)
    seen = rows["submission.handwritten"]
    assert (seen.status, seen.file) == ("needs_review", "GRU_skeleton.py")
    assert text.count("\n", 0, text.index(CELL)) < seen.line <= text.count("\n", 0, text.index("class GRUModel"))


def test_a_ready_made_layer_that_is_only_compared_with_costs_nothing(mark):
    beside = "\n\ndef compare(cell, x, h):\n    return cell(x, h) - nn.GRUCell(x.size(1), h.size(1))(x, h)\n"
    result, rows = mark(ALL_RIGHT + beside)
    assert rows["submission.handwritten"].status == "passed"
    assert result.score == 63


def test_a_students_own_function_of_such_a_name_is_their_own(mark):
    own = ALL_RIGHT.replace("self.gru_cell", "self.gru")
    assert mark(own)[0].score == 63


def test_a_comparison_beside_the_class_whose_names_the_class_uses_for_its_own_costs_nothing(mark):
    beside = "\n\nx = torch.zeros(2, 3, 4)\nz_t, h_prev = nn.GRU(4, 6)(x)\nh_t = nn.GRU(4, 6)(x)[1]\n"
    result, rows = mark(ALL_RIGHT + beside)
    assert rows["submission.handwritten"].status == "passed"
    assert result.score == 63
