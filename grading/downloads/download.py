"""Which course system a download is of, and what every student handed in."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath

from grading.downloads import blackboard, canvas, gradescope, moodle
from grading.downloads.store import store_at, text_in
from grading.mark.names import is_clutter

HANDED_IN = {".py", ".ipynb", ".zip", ".rar", ".7z", ".tar", ".tgz", ".gz", ".pdf"}  # never left out unseen
SYSTEMS = {"gradescope": gradescope, "moodle": moodle, "canvas": canvas, "blackboard": blackboard}


@dataclass(frozen=True)
class Download:
    """A recognised download.

    system    its name
    attempts  one Attempt for each student or group
    """

    system: str
    attempts: tuple


def course_download(path, is_left_out):
    """The Download that lies at a path, a folder or a zip, or None.

    `is_left_out` knows folders that are no part of it.  Raises OSError; Rejected or ValueError for a broken manifest.
    """
    store = store_at(path, is_left_out)
    names = store.names() if store else []
    return recognise(names, partial(text_in, store)) if names else None


def recognise(names, text):
    """The Download that files of these names are, or None where they are no course system's.

    names   every file's place in the folder or zip, as text
    text    place -> the text of a small file there

    Clutter is left out, and strays, and one folder around everything.  Raises ValueError for a broken manifest.
    """
    places = [place for place in map(PurePosixPath, names) if not any(map(is_clutter, place.parts))]
    if any(place.is_absolute() for place in places):
        return None
    outer = outer_folder(places)
    inner = {place.relative_to(outer): place for place in places}
    for system, module in SYSTEMS.items():
        entries = [place for place in inner if not is_stray(place, module)]
        attempts = module.read(entries, lambda name: text(inner[name]))
        if attempts:
            return Download(system, tuple(attempt_in(system, attempt, inner) for attempt in attempts))
    return None


def is_stray(place, module):
    """Whether a file lies loose beside a system's entries, is none of them, and is nothing that a student hands in.

    A teacher's notes or course.toml, or what Windows leaves in folders.
    """
    pattern = getattr(module, "ENTRY", None)  # where there is none, a manifest says what belongs to it
    is_loose = len(place.parts) == 1 and pattern is not None and not pattern.match(place.name)
    return is_loose and place.suffix.lower() not in HANDED_IN


def outer_folder(places):
    """The one folder that is around everything and belongs to nobody, or the empty path."""
    tops = {place.parts[0] for place in places}
    alone = len(tops) == 1 and all(len(place.parts) > 1 for place in places)
    top = next(iter(tops)) if alone else ""
    return PurePosixPath("") if not alone or moodle.ENTRY.match(top) else PurePosixPath(top)


def attempt_in(system, attempt, inner):
    """The attempt with its system, and with its files where they lie in the download."""
    files = {name: inner[PurePosixPath(place)] for name, place in attempt.files.items()}
    return replace(attempt, files=files, system=system)
