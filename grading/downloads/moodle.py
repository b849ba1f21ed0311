"""Moodle: `<Full Name>_<participant id>_assignsubmission_file_`, a folder each, or the same before each file's name.

No name has `_` as it comes, but somebody may have renamed a folder.  A blind download has the word `Participant` for
the name.  The number belongs to this one assignment; grades go back by the worksheet, whose `Identifier` is
`Participant <number>`.  Answers in text are in `..._assignsubmission_onlinetext_`.
"""

import re
from pathlib import PurePosixPath

from grading.downloads.attempt import Attempt, entries_in

ENTRY = re.compile(
    r"^(?P<name>.*?)_(?P<participant>\d+)_assignsubmission_(?P<kind>file|onlinetext)_(?P<rest>.*)$", re.DOTALL
)
BLIND = "Participant"


def read(names, text):
    """The Attempts of a download of Moodle, or [] where it is none."""
    by_participant = {}
    for entry, name in entries_in(names, ENTRY):
        by_participant.setdefault(entry["participant"], []).append((entry, name))
    return [attempt(participant, entries) for participant, entries in sorted(by_participant.items())]


def attempt(participant, entries):
    """One student's Attempt, with the files as they were uploaded; a text typed into the page is no file."""
    name = entries[0][0]["name"]
    files = {own_name(entry, place): place for entry, place in entries if entry["kind"] == "file"}
    return Attempt(participant, "" if name == BLIND else name, files)


def own_name(entry, place):
    """What the student called a file: below the folder, or what is left of a flat name."""
    inner = PurePosixPath(*place.parts[1:])
    return inner.as_posix() if len(place.parts) > 1 else entry["rest"]
