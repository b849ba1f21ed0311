"""What the thresholds of *.learns were found with: the code that decides a run of `learning_study`, and torch."""

import json
from importlib.metadata import version

from assignment.marking.learning import MANIFEST
from grading.mark.sources import digest_of_code
from grading.room import REPOSITORY

SOURCES = (
    "assignment/marking/learning.py", "assignment/marking/specs.py", "assignment/learning_models.py",
    "grading/sandbox/operations.py",
    "assignment/cases/all-right/RNN_skeleton.py", "assignment/cases/all-right/GRU_skeleton.py",
)  # fmt: skip
TORCH = "torch"


def made_from():
    """The files that decide a run's result -> the digests of their code; torch -> its version."""
    return {name: digest_of_code(REPOSITORY / name) for name in SOURCES} | {TORCH: version(TORCH).split("+")[0]}


def changed(manifest):
    """The names of what is not now as it was when a manifest was made."""
    before, now = manifest.get("made_from", {}), made_from()
    return [name for name in sorted(before.keys() | now.keys()) if before.get(name) != now.get(name)]


def stale_thresholds():
    """Why nothing should be marked by these thresholds, a sentence each; another torch is no reason."""
    if not MANIFEST.is_file():
        return [f"{MANIFEST.name} is not there"]
    try:
        manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    except ValueError as reason:
        return [f"{MANIFEST.name} is damaged ({reason})"]
    return [f"{name} has changed since {MANIFEST.name} was made" for name in changed(manifest) if name != TORCH]
