"""What this machine gives: versions, data, and how student code is kept apart."""

import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from grading import __version__
from grading.sandbox.launch import StartFault, try_layers
from grading.sandbox.layers import LAYERS
from grading.sandbox.worker import Zygote, ZygoteFault

PACKAGES = ("torch", "numpy", "pandas", "scikit-learn", "matplotlib", "nbgrader", "jupyterlab", "safetensors")
PYTHONS = ((3, 11), (3, 13))
WALLS = {"bubblewrap": "the outer ones by bubblewrap", "kernel": "by the kernel's own calls"}


def examine(room):
    """(rows, healthy): what was found, as (name, found) pairs, and whether marking works here."""
    rows = [("marker", __version__), ("Python", platform.python_version()), ("system", platform.platform())]
    rows += [(name, installed(name)) for name in PACKAGES]
    rows += layer_rows()
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


def layer_rows():
    """One row for each layer around student code: whether it stands here, tried in a process of its own, or why not."""
    try:
        walls, missing = try_layers()
    except StartFault as reason:
        return [("student code", str(reason))]
    rows = [("student code", f"{len(LAYERS) - len(missing)} of {len(LAYERS)} layers; {WALLS[walls]}")]
    for name, gives in LAYERS.items():
        rows.append((f"  {name}", f"MISSING ({missing[name]}): {gives}" if name in missing else f"present: {gives}"))
    return rows


def isolation():
    """(one line on the layers around student code, the names of those that are missing or None if it can't run)."""
    try:
        _, missing = try_layers()
    except StartFault as reason:
        return str(reason), None
    if not missing:
        return f"all {len(LAYERS)} layers of the sandbox stand", []
    names = ", ".join(missing)
    return f"{len(LAYERS) - len(missing)} of {len(LAYERS)} layers of the sandbox stand; NOT HERE: {names}", [*missing]


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
