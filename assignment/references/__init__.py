"""What the assignment's sentences and bands rest on, with what it was made from.  For instructors only.

`python -m grading reference` makes what is missing or no longer current, part by part, and `--check` compares; both ask
the modules in PARTS for `make(room, folder, ...)` and `check(room, folder, ...)`.  `stale(room)` is what `grade` asks.
"""

from importlib import import_module

PARTS = ("golden", "learning", "baseline", "trainings", "bands", "tables")  # what the later ones read comes before them


def part(name):
    """The module of a part."""
    return import_module(f"{__name__}.{name}")


def stale(room):
    """Why nothing should be marked by these references: a sentence for what they were not made from."""
    from assignment.learning_sources import stale_thresholds
    from assignment.references.golden_numbers import disagreements

    return [*disagreements(room), *stale_thresholds()]
