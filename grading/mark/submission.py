"""What one student handed in: where it lies, who gets a result for it, and what was read of it."""

from dataclasses import dataclass, field
from pathlib import Path

from grading.downloads.attempt import Attempt


@dataclass(frozen=True)
class Row:
    """Somebody who gets a result, and the Attempt as the course system knows it for them, or None."""

    student: str
    attempt: Attempt | None = None


@dataclass(frozen=True)
class Found:
    """Where one student's submission lies; nothing of it has been read.

    path      a folder, a zip or a file; None where somebody handed in nothing
    files     the files of a submission that lies loose among others', else none
    attempt   the Attempt of a course system's download, which lies at `path`, else None
    earlier   the Found of each attempt before this one, the newest first, where they count, too
    rows      a Row for each member of a group that shares the submission, else none
    """

    student: str
    path: Path | None
    files: tuple = ()
    attempt: Attempt | None = None
    earlier: tuple = ()
    rows: tuple = ()

    @property
    def receivers(self):
        """Everybody who gets the result: a Row each."""
        return self.rows or (Row(self.student, self.attempt),)


@dataclass(frozen=True)
class Submission:
    """What one student handed in: file name -> bytes; or why it can't be read.

    notes  (key of the table of words, its places): what was decided about the files
    """

    student: str
    files: dict = field(default_factory=dict)
    rejected: tuple = ()
    notes: tuple = ()
