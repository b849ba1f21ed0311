"""What the thresholds of *.learns were found with: the code that decides a run of `learning_study`, and torch."""

from importlib.metadata import version

from assignment.marking.learning import MANIFEST
from assignment.references.kept import DamagedReference, read_json
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


def changes(but=()):
    """What has changed since the thresholds were found, a sentence each.  Raises DamagedReference."""
    kept = read_json(MANIFEST)
    if kept is None:
        return [f"{MANIFEST.name} is not there"]
    before, now = kept.get("made_from", {}), made_from()
    changed = [name for name in sorted(before.keys() | now.keys()) if before.get(name) != now.get(name)]
    return [f"{name} has changed since {MANIFEST.name} was made" for name in changed if name not in but]


def stale_thresholds():
    """Why nothing should be marked by these thresholds, a sentence each; another torch is no reason."""
    try:
        return changes(but=(TORCH,))
    except DamagedReference as reason:
        return [str(reason)]
