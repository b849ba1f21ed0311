"""Read a plain file that a student handed in: bounded, and never through a link."""

import errno
import os
import stat
from contextlib import contextmanager

from grading.mark.archives import ARCHIVE_LIMIT, check_size
from grading.mark.names import Rejected

READ_ONLY_AS_IT_IS = (
    os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
)  # a pipe is not waited for


def is_plain(path):
    return stat.S_ISREG(path.lstat().st_mode)


def read_plain(path):
    """A plain file's bytes.  Raises Rejected where it is none, or too large; OSError."""
    with opened(path) as file:
        check_size(os.fstat(file.fileno()).st_size, path.name)
        content = file.read(ARCHIVE_LIMIT)
    check_size(len(content), path.name)  # it may have grown meanwhile
    return content


@contextmanager
def opened(path):
    """A plain file, open to be read as bytes; what has become a link or a pipe meanwhile is Rejected."""
    try:
        descriptor = os.open(path, READ_ONLY_AS_IT_IS)
    except OSError as reason:
        if reason.errno != errno.ELOOP:
            raise
        raise Rejected("file_link", names=path.name) from None
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Rejected("not_plain", name=path.name)
        yield file
