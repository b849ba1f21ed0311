"""Two functions have one outline where they differ in names, comments and documentation alone."""

import ast

import pytest

from grading.sandbox.outline import TEXT_LIMIT, outline_of

STEP = "class Cell:\n def forward(self, x, h):\n  z = torch.sigmoid(self.W(x))\n  return z * h\n"


def outline(source, target="Cell.forward:z"):
    return outline_of(ast.parse(source), target)["outline"]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("z", "gate"),
        lambda text: text.replace("x", "word").replace("h)", "state)").replace("* h", "* state"),
        lambda text: text.replace("h):\n", "h):\n  'one step'\n"),
        lambda text: text.replace("x, h)", "x: Tensor, h: 'B H') -> Tensor"),
        lambda text: text.replace("z = ", "z  =  ").replace("* h", "* h  # mix"),
    ],
)
def test_what_changes_nothing_but_style_changes_no_outline(change):
    changed = change(STEP)
    assert changed != STEP
    assert outline(changed) == outline(STEP)


@pytest.mark.parametrize(
    ("before", "after"), [("sigmoid", "tanh"), ("self.W", "self.U"), ("z * h", "h * z"), ("* h", "+ h")]
)
def test_what_computes_something_else_has_another_outline(before, after):
    assert outline(STEP.replace(before, after)) != outline(STEP)


def test_the_text_is_the_function_as_it_was_written_and_bounded():
    long = STEP + "  # end\n" + "".join(f"  name_{number} = {number}\n" for number in range(999))
    told = outline_of(ast.parse(long), "Cell.forward")
    assert "z = torch.sigmoid(self.W(x))" in told["text"]
    assert len(told["text"]) == TEXT_LIMIT


def test_asking_twice_tells_the_same():
    tree = ast.parse(STEP)
    assert outline_of(tree, "Cell.forward:z") == outline_of(tree, "Cell.forward:h")


@pytest.mark.parametrize("target", ["Cell.backward", "Other.forward:z", "Cell.forward.inner"])
def test_a_function_that_is_not_there_has_no_outline(target):
    assert outline_of(ast.parse(STEP), target) == {"outline": "", "text": ""}
