"""Who the students of a marked download are, kept beside the results so that grades find their way back."""

import json
from dataclasses import asdict, dataclass

from grading.whole_files import write_whole

REGISTER = "students.json"


@dataclass(frozen=True)
class Entry:
    """What a course system knows a student of the results by: see `Attempt`."""

    system: str
    key: str
    name: str
    late: bool | None
    at: str
    members: tuple = ()


def write_register(found, out):
    """Write who gets a result of the Found submissions of a download; where it is none, no register is left there."""
    entries = {
        row.student: asdict(Entry(a.system, a.key, a.name, a.late, a.at, a.members))
        for one in found
        for row in one.receivers
        if (a := row.attempt)
    }
    if entries:
        entries = dict(sorted(entries.items()))
        write_whole(out / REGISTER, json.dumps(entries, indent=1, ensure_ascii=False) + "\n")
    else:
        (out / REGISTER).unlink(missing_ok=True)


def read_register(out):
    """student -> Entry.  Raises OSError; ValueError or TypeError for anything that is no register."""
    entries = json.loads((out / REGISTER).read_text(encoding="utf-8"))
    return {student: Entry(**entry) for student, entry in entries.items()}
