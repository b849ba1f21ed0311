"""What a student hands in without having written it: the code around the blanks of our own notebook."""

from functools import cache

from grading.room import REPOSITORY
from grading.sandbox.library_uses import blinding_statements
from grading.sandbox.student_text import Unreadable, parse, read_source


@cache
def given_statements(notebook):
    """The digests of the `blinding_statements` of our notebook at a path from the root; none if it can't be read."""
    try:
        return frozenset(blinding_statements(parse(read_source((REPOSITORY / notebook).read_bytes()).text)))
    except (OSError, Unreadable):
        return frozenset()
