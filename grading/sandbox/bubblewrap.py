"""The walls that all children share, put up by bubblewrap: for machines that let it, and not us, make namespaces."""

import os
import shutil
import sys

from grading.sandbox import view

LAYERS = ("user", "files", "network", "hostname", "processes")


def can_be_used():
    """Whether bubblewrap is here, and of use: started by root it would leave what it starts root's account."""
    return shutil.which("bwrap") is not None and os.geteuid() != 0


def command():
    """The words before the program to be run.  Raises ValueError where the view would show this repository."""
    folders, files = view.readable()
    shown = [*sorted(folders), *files, *map(str, view.OWN_SOURCE), *interpreter()]
    words = [shutil.which("bwrap"), "--unshare-all", "--die-with-parent", "--new-session", "--hostname", "sandbox"]
    words += ["--uid", "65534", "--gid", "65534"]
    words += ["--cap-drop", "ALL", "--cap-add", "CAP_SYS_ADMIN", "--cap-add", "CAP_SETPCAP"]
    for path in shown:
        words += ["--ro-bind", path, path]
    for path in view.DEVICES:
        words += ["--dev-bind", path, path]
    words += ["--tmpfs", view.SCRATCH, "--remount-ro", "/", "--"]
    return words


def interpreter():
    """What it takes to start this Python, beside its libraries: the program, and a virtual environment's settings."""
    settings = os.path.join(sys.prefix, "pyvenv.cfg")
    return [sys.executable, *([settings] if os.path.exists(settings) else [])]
