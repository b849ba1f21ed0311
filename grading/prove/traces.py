"""What an attack could leave behind, or change: processes, files, a canary; and where it is told to strike."""

import contextlib
import os
import secrets
import shutil
import socket
import tempfile
import time
from pathlib import Path

import psutil

from grading.prove.attack_files import Targets
from grading.room import REPOSITORY
from grading.sandbox import kernel

PR_SET_CHILD_SUBREAPER = 36
SETTLING = 10.0  # seconds that processes which have been killed are given to be gone, on a machine under load
SHARED = ("/tmp", "/var/tmp", "/dev/shm", "/run/lock")  # where every account may write


class Scene:
    """The place where attacks are tried, and all that must be as it was after each of them.  Used in a `with`.

    secret   what the canary holds: it may be in no result
    targets  where attacks strike
    """

    def __init__(self, room):
        self.room = room

    def __enter__(self):
        self.closing = contextlib.ExitStack()
        self.folder = Path(tempfile.mkdtemp(prefix="attacks-"))
        self.closing.callback(shutil.rmtree, self.folder, ignore_errors=True)
        self.folder.chmod(0o755)
        self.secret = secrets.token_hex(16)
        canary = self.folder / "canary"
        canary.write_text(self.secret)
        place, temporary = self.folder / "place", self.folder / "temporary"
        for folder in (place, temporary):
            folder.mkdir()
            folder.chmod(0o777)
        server = self.closing.enter_context(socket.create_server(("127.0.0.1", 0)))
        mark = f"left-by-an-attack-{secrets.token_hex(4)}"
        source = str(self.room.path / "equations.py")
        self.targets = Targets(str(canary), str(place), server.getsockname()[1], os.getpid(), source, mark)
        self.temporary = temporary
        self.closing.enter_context(temporary_files_in(temporary))
        self.closing.enter_context(heir_of_orphans())
        return self

    def __exit__(self, *_):
        self.closing.close()

    def traces(self, before):
        """A sentence for each thing that is not as it was.  `before`: the processes that may be there."""
        found = [f"left the process {pid}" for pid in sorted(left_processes(before))]
        found += [f"left {path}" for path in sorted(self.left_files())]
        if Path(self.targets.CANARY).read_text() != self.secret:
            found.append("changed the canary")
        return found

    def left_files(self):
        """Whatever lies where nothing was, or bears the mark of an attack."""
        yield from map(str, self.temporary.iterdir())
        yield from map(str, Path(self.targets.PLACE).iterdir())
        for folder in {*SHARED, tempfile.gettempdir(), str(Path.home()), str(Path.cwd()), *own_folders()}:
            with contextlib.suppress(OSError):
                yield from (entry.path for entry in os.scandir(folder) if self.targets.MARK in entry.name)

    def clear(self):
        """Take away what a successful attack left, so that the next one finds the place as it should be."""
        for path in self.left_files():
            with contextlib.suppress(OSError):
                shutil.rmtree(path) if os.path.isdir(path) and not os.path.islink(path) else os.unlink(path)


def own_folders():
    return [str(REPOSITORY), *(str(path) for path in (REPOSITORY / "grading").iterdir() if path.is_dir())]


@contextlib.contextmanager
def temporary_files_in(folder):
    """Meanwhile the marker's temporary files lie in this folder alone."""
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before


@contextlib.contextmanager
def heir_of_orphans():
    """Meanwhile a process whose parent ends becomes a child of ours, so that none is lost sight of."""
    with contextlib.suppress(OSError, AttributeError):
        kernel.process_control(PR_SET_CHILD_SUBREAPER, 1)
    try:
        yield
    finally:
        with contextlib.suppress(OSError, AttributeError):
            kernel.process_control(PR_SET_CHILD_SUBREAPER, 0)


def left_processes(before):
    """The processes below this one that are not among `before`, once those that are being collected are gone."""
    waited_until = time.monotonic() + SETTLING
    while (left := descendants() - before) and time.monotonic() < waited_until:
        time.sleep(0.02)
    return left


def descendants():
    """The ids of all processes below this one."""
    return {process.pid for process in psutil.Process().children(recursive=True)}
