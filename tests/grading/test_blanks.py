"""The blanks of a source: what students get, what instructors get, and which sources are refused at which line."""

import ast

import pytest

from grading.build.blanks import MalformedSource, find_regions, for_instructors, for_students
from grading.room import Item

ITEMS = {
    item.id: item
    for item in (
        Item("gate", 10, "z = sigmoid(W x + U h)", blank="value"),
        Item("layers", 6, "W: E -> H", blank="arguments"),
        Item("learns", 5, "it learns"),
    )
}
SOURCE = """\
class Cell:
    def __init__(self, size_in, size_out):
        # BEGIN BLANK layers
        self.W = nn.Linear(size_in, size_out)
        self.U = nn.Linear(size_out, size_out, bias=False)
        # END BLANK
        self.tanh = nn.Tanh()

    def forward(self, x, h):
        # BEGIN BLANK gate
        z = torch.sigmoid(
            self.W(x) + self.U(h)  # the answer may span lines
        )
        # END BLANK
        return z
"""


def regions_of(source):
    return find_regions(source.splitlines(), ITEMS, "notebook.py")


def students(source):
    lines = source.splitlines()
    return for_students(lines, find_regions(lines, ITEMS, "notebook.py"), ITEMS, "notebook.py")


def changed(line, *replacement):
    """SOURCE with one line (counted from 1) replaced by others."""
    lines = SOURCE.splitlines()
    lines[line - 1 : line] = replacement
    return "\n".join(lines) + "\n"


def test_students_get_a_blank_with_its_equation_and_everything_outside_unchanged():
    assert students(SOURCE) == [
        "class Cell:",
        "    def __init__(self, size_in, size_out):",
        "        # W: E -> H",
        "        self.W = nn.Linear(..., ...)",
        "        self.U = nn.Linear(..., ..., bias=...)",
        "        self.tanh = nn.Tanh()",
        "",
        "    def forward(self, x, h):",
        "        z = ...  # z = sigmoid(W x + U h)",
        "        return z",
    ]


def test_instructors_get_every_answer_and_no_marker():
    lines = SOURCE.splitlines()
    expected = [line for line in lines if "BLANK" not in line]
    assert for_instructors(lines, regions_of(SOURCE)) == expected


def test_both_projections_are_python():
    lines = SOURCE.splitlines()
    for projected in (students(SOURCE), for_instructors(lines, regions_of(SOURCE))):
        ast.parse("\n".join(projected))


def test_regions_say_which_item_they_answer_and_where():
    assert [(r.item_id, r.first, r.last) for r in regions_of(SOURCE)] == [("layers", 2, 5), ("gate", 9, 13)]


MALFORMED = {
    "begin_without_end": (changed(14), 10, "never closed"),
    "end_without_begin": (changed(10), 13, "without a BEGIN BLANK"),
    "nested": (changed(11, "        # BEGIN BLANK layers", "        z = 1"), 11, "inside the blank gate"),
    "twice": (changed(15, "        # BEGIN BLANK gate", "        z = 1", "        # END BLANK"), 15, "there twice"),
    "unknown_item": (changed(10, "        # BEGIN BLANK gaet"), 10, "no item 'gaet'"),
    "item_that_has_no_blank": (changed(10, "        # BEGIN BLANK learns"), 10, "'learns' has no blank"),
    "blank_that_is_missing": ("\n".join(SOURCE.splitlines()[:7]), 7, "no blank for gate"),
    "no_item_named": (changed(10, "        # BEGIN BLANK"), 10, "looks like a marker"),
    "two_items_named": (changed(10, "        # BEGIN BLANK gate layers"), 10, "looks like a marker"),
    "end_names_its_item": (changed(14, "        # END BLANK gate"), 14, "looks like a marker"),
    "lower_case": (changed(10, "        # begin blank gate"), 10, "looks like a marker"),
    "no_space_after_hash": (changed(10, "        #BEGIN BLANK gate"), 10, "looks like a marker"),
    "several_hashes": (changed(10, "        ### BEGIN BLANK gate"), 10, "looks like a marker"),
    "underscore": (changed(10, "        # BEGIN_BLANK gate"), 10, "looks like a marker"),
    "one_word": (changed(10, "        # BEGINBLANK gate"), 10, "looks like a marker"),
    "hyphen": (changed(14, "        # END-BLANK"), 14, "looks like a marker"),
    "colon": (changed(10, "        # BEGIN BLANK: gate"), 10, "looks like a marker"),
    "another_tools_word": (changed(10, "        # BEGIN SOLUTION"), 10, "looks like a marker"),
    "another_tools_region": (changed(10, "        ### BEGIN SOLUTION gate"), 10, "looks like a marker"),
    "words_exchanged": (changed(14, "        # BLANK END"), 14, "looks like a marker"),
    "trailing_space": (changed(14, "        # END BLANK "), 14, "looks like a marker"),
    "word_with_an_ending": (changed(10, "        # BEGINS BLANK gate"), 10, "looks like a marker"),
    "begin_with_a_letter_less": (changed(10, "        # BEGN BLANK gate"), 14, "without a BEGIN BLANK"),
    "blank_with_a_letter_less": (changed(10, "        # BEGIN BLNK gate"), 14, "without a BEGIN BLANK"),
    "end_with_letters_exchanged": (changed(14, "        # EDN BLANK"), 10, "never closed"),
}


@pytest.mark.parametrize(("source", "line", "reason"), MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_source_is_refused_at_its_line(source, line, reason):
    with pytest.raises(MalformedSource) as refused:
        students(source)
    assert str(refused.value).startswith(f"notebook.py, line {line}: ")
    assert reason in str(refused.value)


def test_a_region_whose_two_markers_are_both_misspelt_leaks_nothing():
    source = changed(14, "        # EDN BLNK").replace("# BEGIN BLANK gate", "# BEGN BLNK gate")
    with pytest.raises(MalformedSource, match="no blank for gate"):
        students(source)


NO_ASSIGNMENT = {
    "call": ("        torch.sigmoid(x)", "plain assignments"),
    "return": ("        return torch.sigmoid(x)", "plain assignments"),
    "loop": ("        for t in x: z = t", "plain assignments"),
    "augmented": ("        z += torch.sigmoid(x)", "plain assignments"),
    "annotated": ("        z: int = torch.sigmoid(x)", "plain assignments"),
    "two_targets": ("        z = y = torch.sigmoid(x)", "plain assignments"),
    "no_python": ("        z = torch.sigmoid(x", "not Python"),
}


@pytest.mark.parametrize(("answer", "reason"), NO_ASSIGNMENT.values(), ids=NO_ASSIGNMENT)
def test_an_answer_that_is_no_assignment_is_refused_at_its_line(answer, reason):
    source = SOURCE.replace(SOURCE.partition("gate\n")[2].partition("        # END")[0], f"{answer}\n")
    with pytest.raises(MalformedSource, match=reason) as refused:
        students(source)
    assert str(refused.value).startswith("notebook.py, line 11: ")


def test_a_value_blank_with_two_statements_is_refused_at_its_marker():
    with pytest.raises(MalformedSource, match=r"line 10: .* must hold one assignment; it holds 2"):
        students(changed(11, "        a = 1", "        z = torch.sigmoid("))


@pytest.mark.parametrize(("first", "last", "marker"), [(11, 13, 10), (4, 5, 3)], ids=["value", "arguments"])
def test_an_empty_blank_is_refused_at_its_marker(first, last, marker):
    lines = SOURCE.splitlines()
    del lines[first - 1 : last]
    with pytest.raises(MalformedSource, match=f"line {marker}: "):
        students("\n".join(lines))


def test_a_blank_that_hides_arguments_must_hold_calls():
    with pytest.raises(MalformedSource, match=r"line 5: .* must hold calls"):
        students(changed(5, "        self.U = size_out"))
