"""Find submissions under a path, and read their files into memory: bounded, never extracted, links not followed."""

import stat
import zipfile
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

SOURCE_LIMIT = 512 * 1024  # bytes of a .py file
OTHER_LIMIT = 20 * 1024 * 1024  # bytes of a notebook or a PDF
ARCHIVE_LIMIT = 50 * 1024 * 1024
MEMBER_LIMIT = 1000
RATIO_LIMIT = 200  # unpacked to packed
NAME_LIMIT = 150  # bytes, so that a file name can be made of it
ENCRYPTED = 1  # the bit in a zip member's flags


class NoSubmissions(ValueError):
    """The path holds nothing to mark, or can't be read: one sentence."""


class Rejected(ValueError):
    """One submission can't be read: why."""


@dataclass(frozen=True)
class Submission:
    """What one student handed in: file name -> bytes; or why it can't be read."""

    student: str
    files: dict = field(default_factory=dict)
    rejected: str = ""


def find_submissions(path, wanted, out=None):
    """Every submission under `path`, sorted by student.  `wanted`: the file names that the assignment knows.

    A file or a zip is one submission; a folder with a wanted file in it is one; any other folder holds one
    submission in each folder and each zip; a link is one that is rejected.  `out`, where results go, is none.
    Raises NoSubmissions.
    """
    path = Path(path)
    if not path.exists():
        raise NoSubmissions(f"{path} does not exist; give a submission, or a folder of them.")
    try:
        found = list(submissions_in(path, wanted, out and Path(out).resolve()))
    except OSError as reason:
        raise NoSubmissions(f"{path} can't be read ({reason.strerror}); check its permissions.") from None
    if not found:
        raise NoSubmissions(f"{path} holds no submission: no folder, no zip, and none of {', '.join(sorted(wanted))}.")
    names = {}
    for submission in found:
        if submission.student.casefold() in names:
            raise NoSubmissions(f"{path} has two submissions called {submission.student!r}; rename or remove one.")
        names[submission.student.casefold()] = submission
    return sorted(found, key=lambda submission: submission.student)


def submissions_in(path, wanted, out):
    if path.is_file():
        yield read_submission(path, wanted)
        return
    entries = sorted(entry for entry in path.iterdir() if not is_clutter(entry.name) and entry.resolve() != out)
    if is_one_submission(entries, wanted):
        yield read_submission(path, wanted)
        return
    for entry in entries:
        if not (entry.is_dir() or entry.suffix.lower() == ".zip"):
            continue
        if entry.is_symlink():
            yield Submission(student_name(entry.stem), rejected="it is a link, and links are not followed")
        else:
            yield read_submission(entry, wanted)


def is_one_submission(entries, wanted):
    """Whether a folder with these entries is one student's: a class may have a stray notebook or report beside it.

    It is where a wanted file lies at its top, unless several folders or zips hold submissions of their own, or
    one does and no module lies beside it.
    """
    own = [entry for entry in entries if entry.name in wanted]
    others = [entry for entry in entries if entry not in own and may_hold_submission(entry, wanted)]
    has_module = any(entry.suffix == ".py" for entry in own)
    return bool(own) and (not others or (has_module and len(others) == 1))


def may_hold_submission(entry, wanted):
    if entry.is_symlink() or not entry.is_dir():
        return entry.suffix.lower() == ".zip"
    return any(path.name in wanted and path.suffix == ".py" for path in entry.rglob("*.py"))


def is_clutter(name):
    return name.startswith((".", "__MACOSX"))


def read_submission(path, wanted):
    """One Submission from a folder, a zip or a single file."""
    student = student_name(path.resolve().name if path.is_dir() else path.stem)
    try:
        if path.is_dir():
            files = read_folder(path, wanted)
        elif path.suffix.lower() == ".zip":
            files = read_zip(path, wanted)
        else:
            files = read_single(path, wanted)
    except Rejected as reason:
        return Submission(student, rejected=str(reason))
    except OSError as reason:
        return Submission(student, rejected=f"a file can't be read ({reason.strerror})")
    if not files:
        return Submission(student, rejected=f"none of the files {', '.join(sorted(wanted))} is there")
    return Submission(student, files)


def student_name(name):
    """A name that is safe as part of a file name: printable, short, no path in it."""
    kept = "".join(c if c.isprintable() and c not in '/\\:*?"<>|' else "_" for c in name).strip(" .")
    return kept.encode()[:NAME_LIMIT].decode(errors="ignore").strip() or "unnamed"


def read_folder(folder, wanted):
    """The wanted files anywhere in a folder; of two with one name, the one less deep; else those of its one zip.

    Raises Rejected.
    """
    paths = [path for path in folder.rglob("*") if path.name in wanted and not path.is_symlink() and path.is_file()]
    places = [PurePosixPath(path.relative_to(folder).as_posix()) for path in paths]
    found = {place.name: folder / place for place in least_deep(places)}
    zips = [] if found else [path for path in folder.rglob("*.zip") if not path.is_symlink() and path.is_file()]
    if len(zips) == 1:  # as course systems export the submission.zip that the notebook makes
        return read_zip(zips[0], wanted)
    return {name: bounded(path.stat().st_size, name) and path.read_bytes() for name, path in found.items()}


def least_deep(places):
    """For each file name the place that is least deep.  Raises Rejected where two are: whose work would it be?"""
    by_name = {}
    for place in sorted(set(places), key=lambda place: (len(place.parts), str(place))):
        if not any(is_clutter(part) for part in place.parts):
            by_name.setdefault(place.name, []).append(place)
    for name, found in by_name.items():
        if len(found) > 1 and len(found[0].parts) == len(found[1].parts):
            raise Rejected(f"it holds {name} twice ({found[0]}, {found[1]}); hand in one of them")
    return [found[0] for found in by_name.values()]


def read_single(path, wanted):
    """A file that has been given alone: under its own name, or as the module or notebook that it must be."""
    content = path.read_bytes() if bounded(path.stat().st_size, path.name) else b""
    if path.name in wanted:
        return {path.name: content}
    same_kind = [name for name in wanted if name.endswith(path.suffix.lower()) and path.suffix]
    fitting = [name for name in same_kind if name.partition("_")[0].lower() in path.stem.lower()] or same_kind
    return {fitting[0]: content} if len(fitting) == 1 else {}


def read_zip(path, wanted):
    """The wanted files of a zip, unpacked in memory within limits.  Raises Rejected."""
    if path.stat().st_size > ARCHIVE_LIMIT:
        raise Rejected(f"the zip is larger than {ARCHIVE_LIMIT >> 20} MB")
    found = {}
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > MEMBER_LIMIT:
                raise Rejected(f"the zip has more than {MEMBER_LIMIT} files")
            known = [member for member in members if place_of(member).name in wanted and not member.is_dir()]
            chosen = least_deep([place_of(member) for member in known])
            for member in known:
                place = place_of(member)
                if place in chosen and place.name not in found:
                    found[place.name] = read_member(archive, member, place.name)
    except Rejected:
        raise
    except Exception as reason:  # the one sink for every way in which a zip can be damaged or hostile
        raise Rejected(f"the zip can't be opened ({str(reason)[:100] or type(reason).__name__})") from None
    return found


def place_of(member):
    """Where a member says that it belongs, whichever slash its system writes."""
    return PurePosixPath(member.filename.replace("\\", "/"))


def read_member(archive, member, name):
    """One member's bytes, if it is a plain file of a sane size."""
    kind = member.external_attr >> 16
    if kind and not stat.S_ISREG(kind) and stat.S_IFMT(kind):
        raise Rejected(f"{name} in the zip is a link or a device")
    if member.flag_bits & ENCRYPTED:
        raise Rejected(f"{name} in the zip is encrypted")
    if member.file_size > RATIO_LIMIT * max(member.compress_size, 1):
        raise Rejected(f"{name} in the zip unpacks to over {RATIO_LIMIT} times its size")
    bounded(member.file_size, name)
    with archive.open(member) as content:
        unpacked = content.read(OTHER_LIMIT + 1)
    return unpacked if bounded(len(unpacked), name) else b""


def bounded(size, name):
    """True, or Rejected if a file is larger than we read."""
    limit = SOURCE_LIMIT if name.endswith(".py") else OTHER_LIMIT
    if size > limit:
        raise Rejected(f"{name} is larger than {limit >> 10} KB")
    return True
