"""What this machine gives: versions, data, and how student code is kept apart."""

import platform
import sys
from importlib.metadata import PackageNotFoundError, version

from grading import __version__
from grading.sandbox.launch import StartFault, start, try_layers
from grading.sandbox.layers import LAYERS

PACKAGES = ("torch", "numpy", "pandas", "scikit-learn", "matplotlib", "nbgrader", "jupyterlab", "safetensors")
PYTHONS = ((3, 11), (3, 13))
WALLS = {"bubblewrap": "the outer ones by bubblewrap", "kernel": "by the kernel's own calls"}


def examine(room):
    """(rows, healthy): what was found, as (name, found) pairs, and whether marking works here."""
    rows = [("marker", __version__), ("Python", platform.python_version()), ("system", platform.platform())]
    documents = room.load("documents") if (room.path / "documents.py").is_file() else None
    rows += [(name, installed(name)) for name in (*PACKAGES, *getattr(documents, "PACKAGES", ()))]
    rows += layer_rows()
    rows.append(("data", found_data(documents)))
    fault = start_fault()
    rows.append(("a process for student code", fault or "starts"))
    healthy = not fault and PYTHONS[0] <= sys.version_info[:2] <= PYTHONS[1]
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


def isolations(cluster=None):
    """[(place, line, missing)]: `isolation` of this machine, where the place is "", or of each worker of a cluster."""
    if cluster is None:
        return [("", *isolation())]
    found = cluster.ask_each(isolation)
    return [(f" at {worker}", line, missing) for worker, (line, missing) in sorted(found.items())]


def found_data(documents):
    """Where a room's documents lie, or what stands in for them; `documents` is its module of that name, or None."""
    if documents is None:
        return "this assignment needs none"
    try:
        path = documents.find_documents()
    except documents.UnusableData as reason:
        return str(reason)
    return str(path) if path else documents.STAND_IN


def start_fault():
    """Why the process that forks children does not start here; "" where it does."""
    try:
        start().close()
    except (StartFault, OSError) as reason:
        return str(reason)
    return ""
