"""How a question to a student's code ends: one word, the same on both sides of the pipe."""

from enum import StrEnum


class Outcome(StrEnum):
    """What became of one question."""

    DONE = "done"
    BLANK = "blank"  # a `...` is left in what was asked for
    NO_STATEMENT = "no_statement"  # what sets the name that was asked for can't be tried alone
    NO_CLASS = "no_class"
    UNBOUND = "unbound"  # the object has no tensor of that name and shape
    UNREADABLE = "unreadable"  # the file is not Python
    ERROR = "error"  # the student's code raised something
    TIMEOUT = "timeout"
    CRASHED = "crashed"
    BAD_ANSWER = "bad_answer"  # what came back is no answer


SEEN_FROM_OUTSIDE = {Outcome.TIMEOUT, Outcome.CRASHED, Outcome.BAD_ANSWER}  # a child says none of these of itself
TOLD = frozenset(Outcome) - SEEN_FROM_OUTSIDE
