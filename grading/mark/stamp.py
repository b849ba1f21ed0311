"""The stamp of a result: which marker gave it, for which release, and to which files.

A result depends on what is imported to find and mark a submission and to write its page: the engine's `downloads`,
`mark`, `sandbox` and `report` with its templates, and what the room's `marking` stands on; on the room's settings,
rubric and words in its language, and on the files that this code names; on the versions of Python and of torch, and on
the time that an answer may take.  It does not depend on what makes the products (`build`: what students were given has
a digest of its own), on what tries the marker (`prove`, and the forms and mistakes that it tries), nor on other verbs.
"""

import hashlib
import platform
from importlib.metadata import version

from grading import __version__
from grading.mark.seed import SEED
from grading.mark.sources import DIGITS, sources_behind
from grading.room import REPOSITORY, RUBRIC

ENGINE = ("grading.mark.grade", "grading.sandbox.zygote")  # the second is started as a program of its own
TEMPLATES = REPOSITORY / "grading" / "report" / "templates"


def stamp(room, time_limit):
    """What every result of one run carries.  `time_limit`: seconds for one question to a student's code."""
    return {
        "version": __version__,
        "seed": SEED,
        "time_limit": time_limit,
        "python": platform.python_version(),
        "torch": version("torch"),
        "marker": marker_digest(room),
        "release": release_digest(room),
        **({"options": room.options} if room.options else {}),
    }


def marker_digest(room):
    """A digest of all files that a result depends on, but for the student's."""
    return digest_of_files(room.language, marker_files(room))


def marker_files(room):
    """The files of this repository that a result depends on, sorted."""
    sources = sources_behind(*ENGINE, room.module_name("marking"))
    told = "".join(path.read_text(encoding="utf-8") for path in sources if path.is_relative_to(room.path))
    settings = [room.path / "assignment.toml", room.path / RUBRIC, *room.words_paths]
    data = [path for path in room.path.rglob("*.*") if path.suffix in {".json", ".toml"} and f'"{path.name}"' in told]
    return sorted({*sources, *settings, *data, *TEMPLATES.glob("*.html")})


def release_digest(room):
    """A digest of what students were given to fill in, as it lies in the repository."""
    return digest_of_files("", [REPOSITORY / room.handed_out(name) for name in (room.notebook, *room.modules)])


def submission_digest(submission):
    """A digest of what was handed in, whatever the student is called: the files, and what was decided about them."""
    digest = hashlib.sha256(repr((submission.rejected, submission.notes)).encode(errors="surrogatepass"))
    for name, content in sorted(submission.files.items()):
        digest.update(f"\n{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:DIGITS]


def digest_of_files(beside, paths):
    """A digest of files, by their names and contents, and of a word that is no file."""
    digest = hashlib.sha256(beside.encode())
    for path in paths:
        content = path.read_bytes() if path.is_file() else b"absent"
        digest.update(f"{path.relative_to(REPOSITORY).as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:DIGITS]
