"""A line that a file does not have is nobody's: none is shown that a process made up."""

import json

import pytest

from grading.sandbox.line_numbers import is_line, lines_of
from tests.grading.student_code import fault_of, with_bad

BEYOND = """
import types
try:
    raise ValueError("far")
except ValueError as error:
    held = error.__traceback__
    raise error.with_traceback(types.TracebackType(None, held.tb_frame, held.tb_lasti, {line}))
"""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0c"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1"])
def test_every_line_of_a_file_is_one_whatever_ends_it(end, encoding):
    content = end.join(["a", "b", "c"]).encode(encoding)
    assert all(is_line(number, content) for number in (1, 2, 3))
    assert not is_line(9, content)


def test_the_lines_of_a_notebook_may_be_written_in_one():
    notebook = json.dumps({"cells": [{"source": "a = 1\nb = 2\nc = 3"}]}).encode()
    assert lines_of(notebook) == 3
    assert lines_of(b"a = '\\\\n'") == 1


@pytest.mark.parametrize("value", [0, -1, True, 1.0, "1", None, float("inf")])
def test_what_is_no_number_of_a_line_is_no_line(value):
    assert not is_line(value, b"a\nb\n")


@pytest.mark.parametrize(("line", "shown"), [(7, 7), (90_000, None)])
def test_an_error_in_a_line_beyond_the_file_has_no_line(open_worker, line, shown):
    assert fault_of(open_worker(with_bad(BEYOND.format(line=line)))).line == shown
