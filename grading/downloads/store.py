"""Where a download lies: a folder, or the zip as it came.

Names are listed without reading a file; files are read one by one, bounded, links not followed.
"""

import os
import zipfile
from contextlib import ExitStack
from pathlib import Path
from threading import Lock
from weakref import finalize

from grading.mark.archives import Bounded, read_member
from grading.mark.names import Rejected, is_clutter, place_of
from grading.mark.plain import opened, read_plain

NAMES_LIMIT = 200_000  # files in one download
DIRECTORY_LIMIT = 64 * 1024 * 1024  # bytes of a zip's table of contents
TEXT_LIMIT = 16 * 1024 * 1024  # bytes of a manifest


class Folder:
    """A download that has been unpacked."""

    def __init__(self, path, is_left_out):
        self.path, self.is_left_out = Path(path), is_left_out

    def names(self):
        """Every file's place; [] where there are more than a download has."""
        found = []
        for folder, folders, names in os.walk(self.path):
            inner = sorted(name for name in folders if not is_clutter(name))
            folders[:] = [name for name in inner if not self.is_left_out(Path(folder, name))]
            found += [Path(folder, name).relative_to(self.path).as_posix() for name in sorted(names)]
            if len(found) > NAMES_LIMIT:
                return []
        return found

    def read(self, place):
        """A file's bytes.  Raises Rejected, OSError."""
        return read_plain(self.path / place)


class Zip:
    """A download as the course system sent it: opened once, and its table of contents read once.

    A process that was forked opens it anew: an open file's position is shared.
    """

    def __init__(self, path):
        self.path, self.opened = Path(path), {}  # process -> OpenZip

    def names(self):
        """Every member's place; [] where the zip is damaged, or has more than a download has."""
        try:
            return list(self.archive.members) if self.archive.count <= NAMES_LIMIT else []
        except Exception:  # damaged or hostile in whatever way: whoever reads it as a submission says so
            return []

    def read(self, place):
        """A member's bytes.  Raises Rejected, OSError."""
        try:
            return self.archive.read(place)
        except (Rejected, OSError):
            raise
        except Exception as reason:  # the one sink for every way in which a zip can be damaged or hostile
            raise Rejected("zip_damaged", reason=str(reason)[:100] or type(reason).__name__) from None

    @property
    def archive(self):
        """This process's OpenZip."""
        process = os.getpid()
        if process not in self.opened:
            self.opened[process] = OpenZip(self.path)
        return self.opened[process]


class OpenZip:
    """A zip that stays open as long as anybody reads it, one thread at a time.

    members   place as text -> ZipInfo; of two at one place the first
    count     of all members, directories left out
    """

    def __init__(self, path):
        self.lock = Lock()
        with ExitStack() as opening:
            file = Bounded(opening.enter_context(opened(path)), DIRECTORY_LIMIT)
            self.zip = opening.enter_context(zipfile.ZipFile(file))
            file.limit = None
            files = [member for member in self.zip.infolist() if not member.is_dir()]
            self.count = len(files)
            self.members = {}
            for member in files:
                self.members.setdefault(str(place_of(member.filename)), member)
            finalize(self, opening.pop_all().close)

    def read(self, place):
        """A member's bytes.  Raises Rejected, and whatever a damaged zip makes of it."""
        with self.lock:
            return read_member(self.zip, self.members[str(place)], place.name)


def store_at(path, is_left_out=lambda folder: False):
    """The Folder or Zip at a path, or None where there is neither.  `is_left_out` knows folders that are no part."""
    path = Path(path)
    if path.is_dir():
        return Folder(path, is_left_out)
    return Zip(path) if path.suffix.lower() == ".zip" and path.is_file() else None


def text_in(store, place):
    """The text of a small file of a download, unreadable characters replaced.  Raises Rejected, OSError."""
    return store.read(place)[:TEXT_LIMIT].decode("utf-8-sig", errors="replace")
