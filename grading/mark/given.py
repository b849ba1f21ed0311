"""What a student hands in without having written it: the code around the blanks of our own notebook."""

from functools import cache

from grading.room import REPOSITORY
from grading.sandbox.library_uses import blinding_statements
from grading.sandbox.student_text import Unreadable, parse, read_source


@cache
def given_statements(notebook):
    """`blinding_statements` of a notebook of ours, a path from the repository's root; none where it can't be read."""
    try:
        return blinding_statements(parse(read_source((REPOSITORY / notebook).read_bytes()).text))
    except (OSError, Unreadable):
        return frozenset()
