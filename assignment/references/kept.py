"""The files in this folder that a program writes: JSON, whole or not at all."""

import json
import re

from grading.room import RoomError
from grading.whole_files import write_whole

NUMBERS = re.compile(r"\[\s+((?:-?[\d.e+-]+,?\s+)+)\]")  # a list that json.dumps has spread over lines
GENERATED = "by python -m grading reference; do not edit"


class DamagedReference(RoomError):
    """A file of the references can't be read: one sentence with its name and what to do."""


def read_json(path, *keys):
    """What a file holds, with at least these keys, or None where there is none.  Raises DamagedReference."""
    if not path.is_file():
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if missing := [key for key in keys if key not in content]:
            raise ValueError(f"it has no {', '.join(missing)}")
    except (ValueError, TypeError) as reason:
        raise DamagedReference(f"{path} is damaged ({reason}); take it back from git, or delete it.") from None
    return content


def write_json(path, content):
    """A line for each key and each list of numbers, so that a change is a readable difference."""
    write_whole(path, NUMBERS.sub(on_one_line, json.dumps(content, indent=1)) + "\n")


def on_one_line(found):
    return f"[{' '.join(found[1].split())}]"


def significant(value):
    """A number of any size with three digits."""
    return float(f"{value:.3g}")
