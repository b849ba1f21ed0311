"""When nbgrader's students handed in: a timestamp.txt that tells no time holds nobody's marking up."""

import os
from pathlib import Path

from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import parse_utc

from grading.mark.names import Rejected
from grading.mark.plain import read_plain

TIMESTAMP = "timestamp.txt"


class CourseDirectoryOfAnyTime(CourseDirectory):
    """nbgrader's folders, where a time that can't be read is none: nbgrader's own ends the process there."""

    def get_existing_timestamp(self, dest_path):
        """The time of a submission's folder, in UTC without its zone, or None."""
        return time_told(Path(dest_path) / TIMESTAMP)


def time_told(path):
    """The time in a file, or None where it is not there, or tells none."""
    try:
        text = read_plain(path).decode("utf-8-sig").strip()
        return parse_utc(text) if text else None
    except (OSError, Rejected, ValueError, OverflowError, TypeError):
        return None


def tells_no_time(folder):
    """Whether a submission's folder has a timestamp.txt from which no time can be read."""
    return os.path.lexists(folder / TIMESTAMP) and time_told(folder / TIMESTAMP) is None
