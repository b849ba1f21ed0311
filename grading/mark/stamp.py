"""The stamp of a result: which marker gave it, for which release, and to which files."""

import hashlib

from grading import __version__
from grading.room import REPOSITORY

SOURCES = {".py", ".toml", ".html", ".json"}
NOT_MARKING = {"cases", "drawings", "__pycache__"}  # parts of a room that no mark depends on
DIGITS = 16  # of a digest in hexadecimal


def stamp(room):
    """What every result of one run carries: version, seed, digests of the marker and of the students' release."""
    return {"version": __version__, "seed": 0, "marker": marker_digest(room), "release": release_digest(room)}


def marker_digest(room):
    """A digest of all that a result depends on: the engine, the room's checks, rubric and words, and the language."""
    return digest_of_files(room.language, [*sources_in(REPOSITORY / "grading"), *sources_in(room.path)])


def release_digest(room):
    """A digest of what students were given to fill in, as it lies in the repository."""
    return digest_of_files("", [REPOSITORY / name for name in (room.notebook, *room.modules)])


def submission_digest(submission):
    """A digest of what was handed in, whatever the student is called: the files, and what was decided about them."""
    digest = hashlib.sha256(repr((submission.rejected, submission.notes)).encode(errors="surrogatepass"))
    for name, content in sorted(submission.files.items()):
        digest.update(f"\n{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:DIGITS]


def sources_in(folder):
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix in SOURCES and not NOT_MARKING & set(path.relative_to(folder).parts)
    ]


def digest_of_files(beside, paths):
    """A digest of files, by their names and contents, and of a word that is no file."""
    digest = hashlib.sha256(beside.encode())
    for path in paths:
        content = path.read_bytes() if path.is_file() else b"absent"
        digest.update(f"{path.relative_to(REPOSITORY).as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:DIGITS]
