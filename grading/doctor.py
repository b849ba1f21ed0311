"""What this machine gives: versions, data, and how student code is kept apart."""

import platform
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from grading import __version__
from grading.sandbox.worker import Zygote, ZygoteFault

PACKAGES = ("torch", "numpy", "pandas", "scikit-learn", "matplotlib", "nbgrader", "jupyterlab", "safetensors")
PYTHONS = ((3, 11), (3, 13))


def examine(room):
    """(rows, healthy): what was found, as (name, found) pairs, and whether marking works here."""
    rows = [("marker", __version__), ("Python", platform.python_version()), ("system", platform.platform())]
    rows += [(name, installed(name)) for name in PACKAGES]
    rows.append(("student code", isolation()))
    rows.append(("df_file.csv", found_data(room)))
    started = zygote_starts()
    rows.append(("a process for student code", "starts" if started else "does not start: run it by hand to see why"))
    healthy = started and PYTHONS[0] <= sys.version_info[:2] <= PYTHONS[1]
    return rows, healthy


def installed(name):
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing: run `make setup`"


def isolation():
    """One line on the layers around student code."""
    kept = "a process of its own, limits on time, memory and files"
    if has_own_processes():
        return f"{kept}, process ids of its own; NO other namespaces, files can be read, NO system-call filter"
    return f"{kept}; NO namespaces, files can be read and processes killed, NO system-call filter"


def has_own_processes():
    """Whether a child gets a PID namespace here, which takes root and a kernel that allows it."""
    test = "import ctypes, sys; sys.exit(ctypes.CDLL(None).unshare(0x20000000) != 0)"
    try:
        return subprocess.run([sys.executable, "-I", "-c", test], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def found_data(room):
    from assignment.documents import UnusableData, find_documents

    try:
        path = find_documents()
    except UnusableData as reason:
        return str(reason)
    return str(path) if path else f"not found; the practice corpus stands in ({Path('data/practice.csv.xz')})"


def zygote_starts():
    try:
        Zygote().close()
    except (ZygoteFault, OSError):
        return False
    return True
