"""How a student's bytes become text that Python can read: as little is changed as will do, and all of it is told."""

import ast
import codecs
import json

import pytest

from grading.sandbox.student_text import Unreadable, read_source

PLAIN = "import torch\n\n\nclass GRUCell:\n    def forward(self, x):\n        return x\n"
KOREAN = "# 게이트를 계산한다\n" + PLAIN
FRENCH = "# la porte de réinitialisation\n" + PLAIN


def keys(source):
    return [mending.key for mending in source.mendings]


def same_program(text, other):
    return ast.dump(ast.parse(text)) == ast.dump(ast.parse(other))


def notebook(*cells, **more):
    return json.dumps({"cells": [{"cell_type": "code", "source": cell} for cell in cells], **more}).encode()


def line_of(text, words):
    return next(number for number, line in enumerate(text.split("\n"), 1) if words in line)


# Encodings

ENCODINGS = {
    "utf-8": (KOREAN.encode(), []),
    "utf-8 with a mark": (codecs.BOM_UTF8 + KOREAN.encode(), []),
    "utf-16 with a mark": (KOREAN.encode("utf-16"), ["encoding"]),
    "utf-16 of a big machine": (codecs.BOM_UTF16_BE + KOREAN.encode("utf-16-be"), ["encoding"]),
    "utf-16 without a mark": (KOREAN.encode("utf-16-le"), ["encoding"]),
    "utf-32": (KOREAN.encode("utf-32"), ["encoding"]),
    "cp949": (KOREAN.encode("cp949"), ["encoding"]),
    "declared": (b"# -*- coding: euc-kr -*-\n" + KOREAN.encode("euc-kr"), []),
}


@pytest.mark.parametrize(("content", "told"), ENCODINGS.values(), ids=ENCODINGS)
def test_korean_comments_survive_in_every_encoding_and_an_odd_one_is_told(content, told):
    source = read_source(content)
    assert source.text.endswith(KOREAN)
    assert keys(source) == told


def test_latin_letters_are_taken_for_latin():
    source = read_source(FRENCH.encode("latin-1"))
    assert source.text == FRENCH
    assert source.mendings[0].detail == "latin-1"


@pytest.mark.parametrize("name", ["no-such-encoding", "rot13", "hex", "undefined"])
def test_a_declared_encoding_that_is_none_is_passed_over(name):
    assert read_source(f"# coding: {name}\n{PLAIN}".encode()).text.endswith(PLAIN)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_change_nothing(end):
    source = read_source(PLAIN.replace("\n", end).encode())
    assert (source.text, source.mendings) == (PLAIN, ())


@pytest.mark.parametrize("content", [b"", b"\n", b"# nothing\n", codecs.BOM_UTF8])
def test_an_empty_file_is_an_empty_module(content):
    assert ast.parse(read_source(content).text).body == []


# What an editor, git or IPython left in


@pytest.mark.parametrize("character", ["\0", "\u200b", "\ufeff", "\x1a"])
def test_characters_that_can_not_be_seen_are_left_out(character):
    source = read_source(PLAIN.replace("return x", f"return x{character}").encode())
    assert same_program(source.text, PLAIN)
    assert [(mending.key, mending.line) for mending in source.mendings] == [("invisible", 6)]


def test_no_break_spaces_of_a_web_page_indent_as_spaces_do():
    assert same_program(read_source(PLAIN.replace("    ", "\xa0" * 4).encode()).text, PLAIN)


@pytest.mark.parametrize("content", [b"\0" * 500, b"import torch\n" + b"\0" * 900, b"\0" * 900 + b"import torch\n"])
def test_zero_bytes_are_no_encoding(content):
    assert [mending.key for mending in read_source(content).mendings] == ["invisible"]


def test_an_invisible_character_in_a_text_that_python_reads_stays():
    text = PLAIN + 'WORD = "a\u200bb"\n'
    assert read_source(text.encode()).text == text


@pytest.mark.parametrize("tab_is", [8, 4, 2])
def test_tabs_mixed_with_blanks_are_read_as_the_width_that_fits(tab_is):
    text = f"class GRUCell:\n{' ' * tab_is}a = 1\n\tb = 2\n"
    source = read_source(text.encode())
    assert same_program(source.text, "class GRUCell:\n    a = 1\n    b = 2\n")
    assert [(mending.key, mending.line, mending.detail) for mending in source.mendings] == [("tabs", 3, str(tab_is))]


def test_tabs_alone_are_left_as_they_are():
    text = PLAIN.replace("    ", "\t")
    assert read_source(text.encode()).text == text


def conflict(ours, theirs, base=None):
    between = "" if base is None else f"||||||| base\n{base}"
    return f"<<<<<<< HEAD\n{ours}{between}=======\n{theirs}>>>>>>> colab\n"


@pytest.mark.parametrize("base", [None, "        return 0\n", ""])
def test_of_a_merge_conflict_the_first_side_is_taken_if_python_can_read_it(base):
    text = PLAIN.replace("        return x\n", conflict("        return x\n", "        return -x\n", base))
    source = read_source(text.encode())
    assert same_program(source.text, PLAIN)
    assert [(m.key, m.line, m.detail) for m in source.mendings] == [("conflict_first", 6, "HEAD")]
    assert len(source.text.split("\n")) == len(text.split("\n"))
    assert line_of(source.text, "return x") == line_of(text, "return x")


def test_of_a_merge_conflict_the_second_side_is_taken_if_python_can_read_that_alone():
    text = PLAIN.replace("        return x\n", conflict("        return (x\n", "        return x\n"))
    source = read_source(text.encode())
    assert same_program(source.text, PLAIN)
    assert [(m.key, m.detail) for m in source.mendings] == [("conflict_second", "colab")]
    assert line_of(source.text, "return x") == 9


def test_several_conflicts_are_settled_for_one_and_the_same_side():
    text = conflict("a = 1\n", "a = (2\n") + PLAIN + conflict("", "b = 2\n")
    source = read_source(text.encode())
    assert same_program(source.text, PLAIN + "b = 2\n") is False
    assert same_program(source.text, "a = 1\n" + PLAIN)


def test_where_neither_side_alone_mends_the_file_the_first_is_taken_and_the_rest_left_out():
    source = read_source((conflict("a = 1\n", "a = 2\n") + PLAIN + BROKEN).encode())
    assert same_program(source.text, "a = 1\n" + PLAIN)
    assert keys(source) == ["conflict_first", "left_out"]


def test_a_row_of_equals_signs_alone_is_no_conflict():
    text = '"""\nTitle\n=======\n"""\n' + PLAIN
    assert read_source(text.encode()).mendings == ()


COMMANDS = [
    "!pip install torch",
    "%matplotlib inline",
    "%cd /content/drive",
    "?torch.nn",
    "torch.nn?",
    "torch.nn.GRU??",
    "files = !ls",
    "!echo it's here",
    "!pip install torch \\\n    torchtext \\\n    pandas",
    "if True:\n    !pip install torch",
    "if True:\n    %pip install \\\n  torch",
    "%%time",
]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("place", ["above", "below"])
def test_a_notebooks_commands_are_left_out_of_a_module_wherever_they_stand(command, place):
    text = f"{command}\n{PLAIN}" if place == "above" else f"{PLAIN}\n{command}\n"
    source = read_source(text.encode())
    assert "GRUCell" in source.text
    assert keys(source) == ["commands"]
    assert line_of(source.text, "class GRUCell") == line_of(text, "class GRUCell")


def test_a_line_that_goes_on_with_a_per_cent_sign_is_no_command():
    text = PLAIN + 'print("%s"\n      % GRUCell)\n'
    assert read_source(text.encode()).text == text


def test_a_command_beside_such_a_line_costs_neither_the_classes():
    source = read_source(f'!pip install torch\n{PLAIN}print("%s"\n      % GRUCell)\n'.encode())
    assert "class GRUCell" in source.text
    assert not source.unread


# What can be read, of a file that can't


BROKEN = "class Broken:\n    def forward(self, x):\n        return (x\n"


@pytest.mark.parametrize("order", ["broken first", "broken last", "broken between"])
def test_a_class_that_can_not_be_read_is_left_out_and_the_others_are_kept_in_their_lines(order):
    other = PLAIN.replace("GRUCell", "GRUModel")
    text = {"broken first": BROKEN + PLAIN, "broken last": PLAIN + BROKEN, "broken between": PLAIN + BROKEN + other}
    source = read_source(text[order].encode())
    assert "class Broken" not in source.text
    assert line_of(source.text, "class GRUCell") == line_of(text[order], "class GRUCell")
    assert set(source.unread) == {"Broken"}
    fault_line = line_of(text[order], "return (x")
    assert (source.unread["Broken"].line, source.mendings[0].line) == (fault_line, fault_line)
    assert keys(source) == ["left_out"]


def test_a_bad_line_below_the_classes_costs_nothing_but_itself():
    source = read_source(f"{PLAIN}\nprint 'done'\nx = 1\n".encode())
    assert same_program(source.text, PLAIN + "x = 1\n")
    assert not source.unread


def test_a_class_stays_whole_around_a_string_that_begins_lines_at_the_margin():
    doc = 'class GRUCell:\n    """\nclass Example:\nz = 1\n    """\n    def forward(self, x):\n        return x\n'
    source = read_source((doc + BROKEN).encode())
    assert same_program(source.text, doc)


def test_decorators_and_branches_stay_with_what_they_belong_to():
    kept = "@torch.no_grad()\ndef evaluate(\n    model\n):\n    return 1\n"
    kept += "try:\n    a = 1\nexcept ValueError:\n    a = 2\n"
    assert same_program(read_source((kept + BROKEN).encode()).text, kept)


def test_a_later_class_of_the_same_name_takes_the_place_of_one_that_can_not_be_read():
    source = read_source((BROKEN + PLAIN.replace("GRUCell", "Broken")).encode())
    assert source.unread == {}
    assert "class Broken" in source.text


@pytest.mark.parametrize(
    "text", ["class GRUCell(:\n    pass\n", "this is an essay\n", BROKEN, "import torch\n" + BROKEN]
)
def test_a_file_with_nothing_else_in_it_is_unreadable_with_its_line(text):
    with pytest.raises(Unreadable) as raised:
        read_source(text.encode())
    assert raised.value.line is not None


KINDS = {"PDF": b"%PDF-1.7\n", "zip": b"PK\x03\x04rest", "web page": b"\n<!DOCTYPE html>\n<html></html>"}


@pytest.mark.parametrize(("kind", "content"), KINDS.items())
def test_a_file_of_another_kind_is_called_by_its_kind(kind, content):
    with pytest.raises(Unreadable, match=kind):
        read_source(content)


# Notebooks


def test_a_notebook_needs_cells_and_nothing_else():
    bare = json.dumps(
        {"cells": [{"cell_type": "code", "source": PLAIN.splitlines(keepends=True)}, {"source": "x"}, {}]}
    )
    source = read_source(bare.encode())
    assert same_program(source.text, PLAIN)
    assert source.is_notebook


def test_a_notebook_of_the_old_form_is_read():
    old = json.dumps({"worksheets": [{"cells": [{"cell_type": "code", "input": [PLAIN]}]}]})
    assert same_program(read_source(old.encode()).text, PLAIN)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_notebook_may_have_any_encoding(encoding):
    assert same_program(read_source(notebook(KOREAN).decode().encode(encoding)).text, PLAIN)


@pytest.mark.parametrize("cell", ["!pip install x\n%matplotlib inline", "%%bash\nls -l /", "print 'two'", "x = ("])
def test_cells_that_are_no_python_are_left_out_without_a_word(cell):
    source = read_source(notebook(cell, PLAIN, cell))
    assert "class GRUCell" in source.text
    assert (source.mendings, source.unread) == ((), {})


def test_a_cell_that_writes_a_module_holds_the_module():
    assert "class GRUCell" in read_source(notebook("%%writefile GRU_skeleton.py\n" + PLAIN)).text


def test_a_cell_with_a_class_that_can_not_be_read_is_told_by_the_name_of_the_class():
    source = read_source(notebook(PLAIN, BROKEN))
    assert [(mending.key, mending.detail) for mending in source.mendings] == [("cell_left_out", "Broken")]
    assert set(source.unread) == {"Broken"}


def test_a_class_that_a_later_cell_mends_is_not_missed():
    source = read_source(notebook(BROKEN, PLAIN.replace("GRUCell", "Broken")))
    assert (source.mendings, source.unread) == ((), {})


def test_a_module_that_begins_with_a_brace_is_a_module():
    assert read_source(b"{1: 2}\n" + PLAIN.encode()).is_notebook is False


@pytest.mark.parametrize(
    "content", [b'{"cells": [', b'{"cells": 7}', b'{"cells": [7]}', b'{"a": 1, "b": null}', b"{{{{"]
)
def test_json_that_is_no_notebook_is_unreadable_in_words(content):
    with pytest.raises(Unreadable, match="neither Python nor a notebook"):
        read_source(content)


# Whatever comes


HOSTILE = [bytes(range(256)), b"\xff\xfe", b"\0" * 5000, b"(" * 3000, b"{" * 3000, b"<<<<<<< " * 500, b'"""' * 999]


@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
def test_any_bytes_are_a_source_or_unreadable_and_nothing_else(content):
    try:
        source = read_source(content)
    except Unreadable:
        return
    ast.parse(source.text)
