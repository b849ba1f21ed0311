"""Find submissions under a path, and read one when its turn comes: into memory, bounded, links not followed."""

import io
import os
from dataclasses import replace
from pathlib import Path, PurePosixPath

from grading.downloads.download import course_download
from grading.mark.archives import read_zip
from grading.mark.names import Rejected, choose, is_clutter, likeness, owner_of
from grading.mark.plain import is_plain, opened, read_plain
from grading.mark.student_names import same_file_name, student_name
from grading.mark.submission import Found, Submission

ENTRY_LIMIT = 100_000  # files and folders in one submission's folder
OTHER_ARCHIVES = (".rar", ".7z", ".tar", ".tgz", ".gz", ".bz2", ".xz")


class NoSubmissions(ValueError):
    """The path holds nothing to mark, or can't be read: one sentence."""


def wanted_files(room):
    """The file names that the assignment knows."""
    return {*room.modules, *room.optional.get("files", ())}


def find_submissions(path, wanted, out=None, every_attempt=False):
    """Where every submission under `path` lies, sorted by student.  `wanted`: the file names that the assignment knows.

    A file or a zip is one submission; a folder with a wanted file in it is one; any other folder holds one
    submission in each folder and each archive, one in the loose files of each student (`alice_RNN_skeleton.py`), and
    one in each other loose module or notebook.  `out`, where results go, is none.  Of a student who handed in
    several times, the newest attempt is found; with `every_attempt`, those before it as well.  Raises NoSubmissions.
    """
    path = Path(path)
    out = out and real(out)
    try:
        if not os.path.lexists(path):
            raise NoSubmissions(f"{shortened(path)} does not exist; give a submission, or a folder of them.")
        if out and real(path) == out:
            raise NoSubmissions(f"{path} can't hold both submissions and results; choose another folder with --out.")
        found = sorted(submissions_in(path, wanted, out, every_attempt), key=lambda one: one.student)
    except OSError as reason:
        raise NoSubmissions(f"{shortened(path)} can't be read ({reason.strerror}); check its permissions.") from None
    if not found:
        raise NoSubmissions(f"{path} holds no submission: no folder, no zip, and none of {', '.join(sorted(wanted))}.")
    by_name = {}
    for one in found:
        if by_name.setdefault(same_file_name(one.student), one) is not one:
            raise NoSubmissions(f"{path} has two submissions called {one.student!r}; rename or remove one.")
    if out and (owner := owner_of_folder(out, path, found, wanted)):
        raise NoSubmissions(f"{shortened(out)} lies in the folder of {owner!r}; choose another folder with --out.")
    return found


def owner_of_folder(out, path, found, wanted):
    """The student in whose own folder results would lie, or None; that folder itself has not been found."""
    folders = [one for one in found if not one.attempt and is_folder(one.path)]  # a link may lead anywhere
    own = [one.student for one in folders if out.is_relative_to(real(one.path))]
    is_own = out.is_dir() and out.is_relative_to(real(path)) and not is_output(out, None)
    return own[0] if own else student_name(out.name) if is_own and may_hold_submission(out, wanted) else None


def real(path):
    """Where a path leads, also where that is a loop of links."""
    return Path(os.path.realpath(path))


def shortened(path):
    return str(path) if len(str(path)) <= 200 else f"{str(path)[:200]}…"


def submissions_in(path, wanted, out, every_attempt):
    """Each Found under a path."""
    if download := downloaded(path, out):
        found = [*found_attempts(download, real(path)), *found_beside(download, real(path), wanted)]
        return found if every_attempt else [replace(one, earlier=()) for one in found]
    if path.is_file():
        return [Found(student_name(path.stem), real(path))]
    if not path.is_dir():
        raise NoSubmissions(f"{path} can't be read (it is neither a file nor a folder); give a submission.")
    entries = [entry for entry in sorted(path.iterdir()) if not is_clutter(entry.name) and not is_output(entry, out)]
    holders = [entry for entry in entries if is_holder(entry)]
    loose = [entry for entry in entries if entry not in holders]
    if is_one_submission(holders, loose, wanted):
        return [Found(student_name(real(path).name), real(path))]
    return [Found(student_name(entry.name if is_folder(entry) else entry.stem), entry) for entry in holders] + [
        Found(student_name(student), files[0], tuple(files)) for student, files in by_owner(loose, wanted).items()
    ]


def downloaded(path, out):
    """The course system's Download that lies there, or None.  Raises NoSubmissions for one that can't be read."""
    try:
        return course_download(path, lambda folder: is_output(folder, out))
    except ValueError as reason:
        why = reason.said[0] if isinstance(reason, Rejected) else str(reason)
        raise NoSubmissions(f"{shortened(path)} can't be read as a course system's download ({why}).") from None


def found_attempts(download, path):
    """A Found for each student of a Download at `path`, with the attempts before the newest."""
    last = {}
    for one in sorted(download.attempts, key=lambda attempt: attempt.at):
        before = last.get(one.key)
        earlier = (replace(before, earlier=()), *before.earlier) if before else ()
        last[one.key] = Found(student_name(one.student), path, attempt=one, earlier=earlier, store=download.store)
    return list(last.values())


def found_beside(download, path, wanted):
    """A Found for each whose name is not as the system of a Download at `path` has it."""
    files, tops = {}, {}
    for name, place in download.odd.items():
        owner, own = owner_and_own_name(name, wanted)
        files.setdefault(owner, {})[own] = place
        tops.setdefault(owner, (place, *place.parents)[len(name.parts) - 1])
    for owner, places in files.items():
        at = path / tops[owner] if path.is_dir() else path
        yield Found(student_name(owner), at, system=download.system, places=places, store=download.store)


def owner_and_own_name(name, wanted):
    """(whose it seems to be, what is left of it) of a name in a download that is not as the system has names."""
    top, *inner = name.parts
    if inner:
        return top, "/".join(inner)
    owner = owner_of(top, wanted)
    return (owner, top.removeprefix(owner).lstrip(" _-")) if owner else (name.stem, top)


def is_output(entry, out):
    """Whether results lie there: of this run, or of an earlier one."""
    return real(entry) == out or ((entry / "grades.csv").is_file() and (entry / "results").is_dir())


def is_holder(entry):
    """Whether an entry of a class's folder is a submission by itself: a folder or an archive, or a link to one."""
    leads_nowhere = entry.is_symlink() and not entry.exists()
    return entry.is_dir() or leads_nowhere or entry.suffix.lower() in {".zip", *OTHER_ARCHIVES}


def is_folder(entry):
    return entry.is_dir() and not entry.is_symlink()


def is_one_submission(holders, loose, wanted):
    """Whether a folder with these entries is one student's: a class may have a stray notebook or report beside it.

    It is where a file lies at its top that can be one of the wanted, unless several folders or zips hold submissions
    of their own, or one does and no module lies beside it.
    """
    known = {likeness(name) for name in wanted}
    own = [entry for entry in loose if likeness(entry.name) in known]
    if not own and not holders and not any(owner_of(entry.name, wanted) for entry in loose):
        return any_can_be_meant(loose, wanted)
    others = [entry for entry in holders if may_hold_submission(entry, wanted)]
    has_module = any(likeness(entry.name).endswith(".py") for entry in own)
    return bool(own) and (not others or (has_module and len(others) == 1))


def any_can_be_meant(loose, wanted):
    """Whether loose files with names of their own (`rnn.py`, `gru.py`) are the parts of one submission."""
    try:
        chosen, _ = choose([PurePosixPath(entry.name) for entry in loose], wanted)
    except Rejected:
        return True
    modules = [entry for entry in loose if entry.suffix.lower() == ".py"]
    return any(name.endswith(".py" if modules else (".py", ".ipynb")) for name in chosen)


def may_hold_submission(entry, wanted):
    """Whether a module lies anywhere in a folder; one with more files than are read is a submission to be refused."""
    if not is_folder(entry):
        return True
    modules, seen = {name for name in wanted if name.endswith(".py")}, 0
    for _, folders, names in os.walk(entry):
        seen += len(folders) + len(names)
        if seen > ENTRY_LIMIT or modules.intersection(names):
            return True
    return False


def by_owner(loose, wanted):
    """student -> the loose files named after them; a module or notebook that is named after nobody is one by itself."""
    owned = {}
    for entry in loose:
        owner = owner_of(entry.name, wanted)
        if owner is None and (entry.suffix.lower() not in {".py", ".ipynb"} or entry.name in wanted):
            continue
        owned.setdefault(owner or entry.stem, []).append(entry)
    return owned


def read_submission(found, wanted):
    """The Submission that was found: read now, or rejected with the reason."""
    try:
        files, notes = read_found(found, wanted)
        notes = [*notes, *(("late", {}) for attempt in [found.attempt] if attempt and attempt.late)]
        notes += [("odd_name", {"system": found.system})] if found.system else []
    except Rejected as reason:
        return Submission(found.student, rejected=reason.said)
    except OSError as reason:
        return Submission(found.student, rejected=("unreadable", {"reason": str(reason.strerror)}))
    empty = [name for name, content in sorted(files.items()) if not content.strip()]
    notes = [*notes, *(("empty", {"file": name}) for name in empty)]
    files = {name: content for name, content in files.items() if name not in empty}
    if empty and not files:
        return Submission(found.student, rejected=("empty", {"names": ", ".join(empty)}))
    if not files:
        return Submission(found.student, rejected=("nothing", {"names": ", ".join(sorted(wanted))}))
    return Submission(found.student, files, notes=tuple(notes))


def read_found(found, wanted):
    """({name: bytes}, notes) of what was found.  Raises Rejected, OSError."""
    path = found.path
    if path is None:
        raise Rejected("absent")
    if path.is_symlink():
        raise Rejected("link")
    if found.store:
        return read_stored(found, wanted)
    if found.files:
        return read_loose(found, wanted)
    if path.is_dir():
        return read_folder(path, wanted)
    if path.suffix.lower() == ".zip":
        with opened(path) as file:
            return read_zip(file, wanted)
    if path.suffix.lower() in OTHER_ARCHIVES:
        raise Rejected("other_archive", kind=path.suffix.lower())
    return read_places(path.parent, [PurePosixPath(path.name)], wanted)


def read_stored(found, wanted):
    """A student's files in a course system's download; else those of the one zip that was handed in."""
    store = found.store
    own = {PurePosixPath(name): place for name, place in found.stored.items()}
    chosen, notes = choose(own, wanted)
    zips = [place for place in own if place.suffix.lower() == ".zip"]
    if not chosen and len(zips) == 1:
        return read_zip(io.BytesIO(store.read(own[zips[0]])), wanted)
    return {name: store.read(own[place]) for name, place in chosen.items()}, notes


def read_loose(found, wanted):
    """A student's files among those of others, each under the name that is left without the student's."""
    places = {}
    for path in found.files:
        place = PurePosixPath(path.name.removeprefix(owner_of(path.name, wanted) or "").lstrip(" _-"))
        if places.setdefault(place, path) is not path:
            raise Rejected("twice", name=place, first=places[place].name, second=path.name)
    chosen, notes = choose(places, wanted)
    return {name: read_plain(places[place]) for name, place in chosen.items()}, notes


def read_folder(folder, wanted):
    """The wanted files anywhere in a folder; else those of its one zip.  Raises Rejected, OSError."""
    places = [PurePosixPath(path.relative_to(folder).as_posix()) for path in plain_files(folder)]
    files, notes = read_places(folder, places, wanted)
    zips = [place for place in places if place.suffix.lower() == ".zip"]
    if not files and len(zips) == 1:  # as course systems export the submission.zip that the notebook makes
        with opened(folder / zips[0]) as file:
            return read_zip(file, wanted)
    odd = [path for path in sorted(folder.iterdir()) if path.name in wanted and not is_plain(path)]
    links = [path.name for path in odd if path.is_symlink()]
    if links and not files:
        raise Rejected("file_link", names=", ".join(links))
    return files, [*notes, *(("link" if path.is_symlink() else "not_plain", {"file": path.name}) for path in odd)]


def read_places(folder, places, wanted):
    chosen, notes = choose(places, wanted)
    return {name: read_plain(folder / place) for name, place in chosen.items()}, notes


def plain_files(folder):
    """Every plain file under a folder, clutter and links left out.  Raises OSError, Rejected."""
    seen = 0
    for place, folders, names in os.walk(folder, onerror=fail):
        folders[:] = sorted(name for name in folders if not is_clutter(name))
        seen += len(folders) + len(names)
        if seen > ENTRY_LIMIT:
            raise Rejected("folder_entries", limit=ENTRY_LIMIT)
        yield from (path for name in sorted(names) if is_plain(path := Path(place, name)))


def fail(reason):
    raise reason
