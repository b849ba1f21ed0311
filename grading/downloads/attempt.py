"""One attempt of one student, or of one group, as a course system's download has it."""

import re
from dataclasses import dataclass

HANDED_IN = {".py", ".ipynb", ".zip", ".rar", ".7z", ".tar", ".tgz", ".gz", ".pdf"}  # never left out unseen
COPY = re.compile(r"^(?P<stem>.*?)(?:-(?P<number>\d{1,3}))?(?P<suffix>\.[^.]*)?$", re.DOTALL)


@dataclass(frozen=True)
class Attempt:
    """What one student handed in at one time.

    key      what the system knows the student by: two students never share one
    name     how the student is called; "" in an anonymous download
    files    the name that the student gave a file -> where it lies in the download
    late     whether the system says so; None where it does not tell
    at       when, in the order of text (ISO 8601), or ""
    members  the names of a group's members; one name, or none, for a student alone
    member_keys  what the system knows each of them by
    system   which course system's download it is in
    """

    key: str
    name: str
    files: dict
    late: bool | None = None
    at: str = ""
    members: tuple = ()
    system: str = ""
    member_keys: tuple = ()

    @property
    def student(self):
        """The name of the results: the student's, with the key, so that two of one name stay two."""
        return f"{self.name}_{self.key}" if self.name and self.name != self.key else self.key


def entries_in(names, pattern):
    """[(match of the first part, name)] of a download most of whose names are a system's; [] where they are not."""
    found = [(entry, name) for name in names if (entry := pattern.match(name.parts[0]))]
    own, odd = ({name.parts[0] for name in some} for some in ([name for _, name in found], odd_names(names, pattern)))
    return found if len(own) > len(odd) else []


def odd_names(names, pattern):
    """The names that are not as a system has them; one of them may be a student's whose folder somebody renamed.

    What lies loose and is nothing that a student hands in is none: a teacher's notes or course.toml, or what Windows
    leaves in folders.
    """
    return [name for name in names if not (pattern.match(name.parts[0]) or is_stray(name))]


def is_stray(name):
    return len(name.parts) == 1 and name.suffix.lower() not in HANDED_IN


def without_copies(files):
    """name -> place, where `report-2.pdf`, an upload again, takes the place of `report.pdf` if both are there.

    `files` is [(the student's name for it, where it lies)]; parts that are numbered from the start stay as they are.
    """
    kept = dict(files)
    for name, place in sorted(files, key=lambda row: number_of(row[0])):
        parts = COPY.match(name)
        first = parts["stem"] + (parts["suffix"] or "")
        if first != name and first in kept:
            kept[first] = place
            del kept[name]
    return kept


def number_of(name):
    return int(COPY.match(name)["number"] or 0)
