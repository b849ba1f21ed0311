"""What the verbs of the command line share: options, exit codes, and the one sentence on what is wrong."""

import errno
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

AssignmentName = Annotated[str, typer.Option("--assignment", help="The room: the main one, or a lab's name.")]
LanguageName = Annotated[str | None, typer.Option("--language", help="A file of words/; default: the room's.")]
SchedulerAddress = Annotated[
    str | None, typer.Option("--scheduler", metavar="ADDRESS", help="The Dask cluster's, such as tcp://HOST:8786.")
]
WRONG_USAGE, OUR_FAULT = 2, 3
NOT_OURS = {  # what a place to write to may be: full, protected, or no folder
    errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EEXIST, errno.ENOTDIR, errno.EISDIR,
    errno.ENAMETOOLONG, errno.EFBIG,
}  # fmt: skip
TORCHS_WRITER = "inline_container.cc"  # where torch.save fails, of a full disk as of anything else
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


def unwritable(reason):
    """The sentence on an exception that a place to write to raised, or None for one that is our own fault."""
    if isinstance(reason, RuntimeError) and TORCHS_WRITER in str(reason):
        return "a checkpoint can't be written; free space there, or name another place with --out."
    if not isinstance(reason, OSError) or reason.errno not in NOT_OURS:
        return None
    place = f"{reason.filename} can't be" if reason.filename else "a file can't be"
    return f"{place} written ({os.strerror(reason.errno)}); free space there, or name another place with --out."


def given_path(text):
    """A path of the command line; an empty one, which would be the current folder, is a variable that was not set."""
    if not text:
        fail("a path is empty; give one, or `.` for the current folder.", WRONG_USAGE)
    return Path(text)
