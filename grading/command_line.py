"""What the verbs of the command line share: options, exit codes, and the one sentence on what is wrong."""

import errno
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from grading.whole_files import HALF_WRITTEN

AssignmentName = Annotated[str, typer.Option("--assignment", help="The room: the main one, or a lab's name.")]
LanguageName = Annotated[str | None, typer.Option("--language", help="A file of words/; default: the room's.")]
SchedulerAddress = Annotated[
    str | None, typer.Option("--scheduler", metavar="ADDRESS", help="The Dask cluster's, such as tcp://HOST:8786.")
]
WRONG_USAGE, OUR_FAULT = 2, 3
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
REFUSED = {
    errno.EACCES, errno.EPERM, errno.EROFS, errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG,
}  # fmt: skip
TORCH_CAN_NOT_WRITE = ("unexpected pos", "writing file")
STOPPED, TERMINATED = 130, 143


class Terminated(KeyboardInterrupt):
    """SIGTERM: what Ctrl-C does, and says so."""

    def __init__(self, sentence="Stopped by SIGTERM"):
        super().__init__(sentence)


def exit_code(interrupt):
    return TERMINATED if isinstance(interrupt, Terminated) else STOPPED


def goes_on(interrupt, folder):
    """The same interrupt, of work that keeps in `folder` what it has finished."""
    how = str(interrupt) or "Stopped"
    return type(interrupt)(f"{how}; what is finished is kept in {folder}, and the same command goes on")


def fail(reason, code, word="Error: "):
    """One sentence on stderr, and the exit code."""
    print(f"{word}{reason}", file=sys.stderr)
    raise typer.Exit(code)


@contextmanager
def writing_to(place, option="--out"):
    """Wrong usage, in one sentence, where the file system refuses what is written at a place that `option` names."""
    try:
        yield
    except (OSError, RuntimeError) as reason:
        if not (is_full(reason) or refuses(place, reason)):
            raise
        why = getattr(reason, "strerror", None) or "there is no room for a checkpoint"
        fail(f"{place} can't be written ({why}); make room there, or choose another with {option}.", WRONG_USAGE)


def is_full(reason):
    """Whether an exception says that there is no room for what torch or Python writes."""
    if isinstance(reason, RuntimeError):  # torch's own writer tells of a full disk in its own words
        return "inline_container.cc" in str(reason) and any(said in str(reason) for said in TORCH_CAN_NOT_WRITE)
    return isinstance(reason, OSError) and reason.errno in FULL


def refuses(place, reason):
    """Whether an OSError is about a file that can't be at a place, or below it, or about a folder on the way to it."""
    if not isinstance(getattr(reason, "filename", None), str | bytes | os.PathLike):
        return False
    place, path = Path(os.path.abspath(place)), Path(os.path.abspath(os.fsdecode(reason.filename)))
    if place.is_relative_to(path):
        return reason.errno in {*REFUSED, errno.ENOENT}
    return path.is_relative_to(place) and reason.errno in REFUSED


def unwritten(reason):
    """The sentence on an exception from the file system that is no fault of ours wherever it came from, or None."""
    name = str(getattr(reason, "filename", None) or "a file")
    if is_full(reason):
        return f"{name} can't be written, since its disk is full; make room there."
    if isinstance(reason, OSError) and reason.errno in REFUSED and name.endswith(HALF_WRITTEN):
        place = name.removesuffix(HALF_WRITTEN)
        return f"{place} can't be written ({os.strerror(reason.errno)}); check the permissions of its folder."
    return None


def given_path(text):
    """A path of the command line; an empty one, which would be the current folder, is a variable that was not set."""
    if not text:
        fail("a path is empty; give one, or `.` for the current folder.", WRONG_USAGE)
    return Path(text)
