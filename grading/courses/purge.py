"""What is stored of students in a marked folder, and its end."""

import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from grading.courses.comparison import COMPARISON
from grading.courses.marked import MarkedFault, check_marked, students_in, whole_result
from grading.courses.overrides import OVERRIDES
from grading.downloads.register import REGISTER
from grading.mark.kept import result_path
from grading.whole_files import HALF_WRITTEN

FOLDERS = {"faults": ".txt", "feedback": ".html", "marked": ".json", "results": ".json"}  # and what lies in each
FILES = (COMPARISON, "grades.csv", OVERRIDES, "report.html", REGISTER)


@dataclass(frozen=True)
class Purge:
    """What is deleted of a marked folder, and what is left there.

    paths   every file that holds something of students; the results come last, so that a purge can be repeated
    left    what else lies there: it is not grade's, so it stays, and whoever asks is told
    """

    folder: Path
    paths: tuple
    left: tuple

    @property
    def counts(self):
        """Name of a file or folder -> how many files of it."""
        names = [path.relative_to(self.folder).parts[0] for path in self.paths]
        return {name: names.count(name) for name in names}


def find_purge(folder):
    """The Purge of a marked folder; nothing is deleted yet.  Raises MarkedFault, OSError."""
    check_marked(folder)
    written = (one for one in students_in(folder) if is_kind(result_path(folder, one), stat.S_ISREG))
    for student in islice(written, 1):  # another program's results/ is not ours to delete
        whole_result(folder, student)
    ours, left = [], []
    for path in sorted(folder.iterdir()):
        if path.name in FOLDERS and is_kind(path, stat.S_ISDIR):
            for inner in sorted(path.iterdir()):
                (ours if is_own(inner, FOLDERS[path.name]) else left).append(inner)
        else:
            is_known = path.name.removesuffix(HALF_WRITTEN) in FILES and is_kind(path, stat.S_ISREG)
            (ours if is_known else left).append(path)
    return Purge(folder, tuple(ours), tuple(left))


def is_own(path, suffix):
    return path.name.removesuffix(HALF_WRITTEN).endswith(suffix) and is_kind(path, stat.S_ISREG)


def is_kind(path, kind):
    """Whether a path itself is of a kind: a link is none, wherever it leads."""
    return kind(path.lstat().st_mode)


def purge(found):
    """Delete what a Purge names, and the folders that are empty then.  Raises MarkedFault."""
    try:
        for path in found.paths:
            path.unlink()
    except OSError as reason:
        sentence = f"{reason.filename} can't be deleted ({reason.strerror}); check its permissions, and purge again."
        raise MarkedFault(sentence) from None
    for folder in [*(found.folder / name for name in FOLDERS), found.folder]:
        with suppress(OSError):  # something is left in it, or it is not there
            os.rmdir(folder)
