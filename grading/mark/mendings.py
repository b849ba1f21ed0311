"""What was done to a student's file to make it readable, in words: asked of the child that only reads it."""

from grading.mark.result import plain
from grading.sandbox.line_numbers import is_line
from grading.sandbox.worker import StudentFault

COUNT_LIMIT = 20  # of one file
KINDS = {"cell_left_out", "commands", "conflict_first", "conflict_second", "encoding", "invisible", "left_out", "tabs"}
DETAIL_LIMIT = 100  # characters


def notes_on_reading(reader, file, words):
    """A sentence for each thing that was done, none for a file that can't be read at all.

    `reader` is a Worker that runs nothing of the file; what it says is bounded all the same.
    """
    try:
        _, told = reader.ask("mendings")
    except StudentFault:
        return []
    mendings, no_name = told.get("mendings"), words.say("notes", "no_name")
    return [
        words.say("notes", key, file=file, line=line, detail=plain(detail)[:DETAIL_LIMIT] or no_name)
        for key, line, detail in filter(is_mending, mendings[:COUNT_LIMIT] if isinstance(mendings, list) else [])
        if key in KINDS and (line is None or is_line(line, reader.content))
    ]


def is_mending(told):
    """Whether what a child told has the form of a Mending."""
    if not (isinstance(told, list) and len(told) == 3):
        return False
    key, _, detail = told
    return isinstance(key, str) and isinstance(detail, str)
