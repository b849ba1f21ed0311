"""Which course system a download is of, and what every student handed in."""

from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import PurePosixPath

from grading.downloads import blackboard, canvas, gradescope, moodle
from grading.downloads.attempt import odd_names
from grading.downloads.store import store_at, text_in
from grading.mark.names import is_clutter

SYSTEMS = {"gradescope": gradescope, "moodle": moodle, "canvas": canvas, "blackboard": blackboard}


@dataclass(frozen=True)
class Download:
    """A recognised download.

    system    its name
    attempts  one Attempt for each student or group
    odd       name -> place of each file whose name is not as the system has it
    store     the Folder or Zip in which their files lie
    """

    system: str
    attempts: tuple
    odd: dict = field(default_factory=dict)
    store: object = None


def course_download(path, is_left_out):
    """The Download that lies at a path, a folder or a zip, or None.

    `is_left_out` knows folders that are no part of it.  Raises OSError; Rejected or ValueError for a broken manifest.
    """
    store = store_at(path, is_left_out)
    names = store.names() if store else []
    found = recognise(names, partial(text_in, store)) if names else None
    return found and replace(found, store=store)


def recognise(names, text):
    """The Download that files of these names are, or None where they are no course system's.

    names   every file's place in the folder or zip, as text
    text    place -> the text of a small file there

    Clutter is left out, and one folder around everything.  Raises ValueError for a broken manifest.
    """
    places = [place for place in map(PurePosixPath, names) if not any(map(is_clutter, place.parts))]
    if any(place.is_absolute() for place in places):
        return None
    outer = outer_folder(places)
    inner = {place.relative_to(outer): place for place in places}
    for system, module in SYSTEMS.items():
        attempts = module.read(list(inner), lambda name: text(inner[name]))
        if attempts:
            odd = odd_names(inner, module.ENTRY) if hasattr(module, "ENTRY") else ()
            own = tuple(attempt_in(system, attempt, inner) for attempt in attempts)
            return Download(system, own, {name: inner[name] for name in odd})
    return None


def outer_folder(places):
    """The one folder that is around everything and belongs to nobody, or the empty path."""
    tops = {place.parts[0] for place in places}
    alone = len(tops) == 1 and all(len(place.parts) > 1 for place in places)
    top = next(iter(tops)) if alone else ""
    return PurePosixPath("") if not alone or moodle.ENTRY.match(top) else PurePosixPath(top)


def attempt_in(system, attempt, inner):
    """The attempt with its system, its files where they lie in the download, and names that can be written."""
    files = {name: inner[PurePosixPath(place)] for name, place in attempt.files.items()}
    called = {"key": writable(attempt.key), "name": writable(attempt.name)}
    members = tuple(map(writable, attempt.members)), tuple(map(writable, attempt.member_keys))
    return replace(attempt, files=files, system=system, members=members[0], member_keys=members[1], **called)


def writable(name):
    """A name that UTF-8 can hold: bytes of another encoding (CP949) as `\\udcb1`, so that two stay two."""
    return name.encode(errors="backslashreplace").decode()
