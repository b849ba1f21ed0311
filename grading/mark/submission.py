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
    system    the course system in whose download it lies under a name that is not as the system writes names, else ""
    places    in such a submission the name of each file -> where it lies in the download
    earlier   the Found of each attempt before this one, the newest first, where they count, too
    store     the Folder or Zip of the download, from which its files are read, else None
    rows      a Row for each member of a group that shares the submission, else none
    """

    student: str
    path: Path | None
    files: tuple = ()
    attempt: Attempt | None = None
    system: str = ""
    places: dict = field(default_factory=dict)
    earlier: tuple = ()
    rows: tuple = ()
    store: object = None

    @property
    def receivers(self):
        """Everybody who gets the result: a Row each."""
        return self.rows or (Row(self.student, self.attempt),)

    @property
    def stored(self):
        """The student's name for each file in a download -> where it lies there."""
        return self.attempt.files if self.attempt else self.places


@dataclass(frozen=True)
class Submission:
    """What one student handed in: file name -> bytes; or why it can't be read.

    notes  (key of the table of words, its places): what was decided about the files
    """

    student: str
    files: dict = field(default_factory=dict)
    rejected: tuple = ()
    notes: tuple = ()
