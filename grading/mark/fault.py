"""A fault of ours, as whoever mends it needs it: what failed, and where in our own code."""

import traceback
from dataclasses import dataclass

from grading.mark.result import plain

LINE_LIMIT = 200  # lines of one traceback, the last ones


@dataclass(frozen=True)
class Fault:
    """One exception of ours.

    name    of the exception
    during  the rubric item that was being decided, or "" for the submission as a whole
    text    its traceback, bounded, and without anything that could steer a terminal: a message may hold what a
            student wrote
    """

    name: str
    during: str
    text: str

    @classmethod
    def of(cls, reason, during=""):
        lines = "".join(traceback.format_exception(reason)).splitlines()
        return cls(type(reason).__name__, during, "\n".join(map(plain, lines[-LINE_LIMIT:])))
