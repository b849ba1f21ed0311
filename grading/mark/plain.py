"""Read a plain file that a student handed in: bounded, and never through a link."""

import os
import stat
from contextlib import contextmanager

from grading.mark.archives import ARCHIVE_LIMIT, bounded
from grading.mark.names import Rejected

READ_ONLY_AS_IT_IS = (
    os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
)  # a pipe is not waited for


def is_plain(path):
    return stat.S_ISREG(path.lstat().st_mode)


def read_plain(path):
    """A plain file's bytes.  Raises Rejected where it is none, or too large; OSError."""
    with opened(path) as file:
        content = file.read(ARCHIVE_LIMIT) if bounded(os.fstat(file.fileno()).st_size, path.name) else b""
    return content if bounded(len(content), path.name) else b""


@contextmanager
def opened(path):
    """A plain file, open to be read as bytes; what has become a link or a pipe meanwhile is Rejected."""
    descriptor = os.open(path, READ_ONLY_AS_IT_IS)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Rejected("not_plain", name=path.name)
        yield file
