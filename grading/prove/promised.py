"""How many trials of each claim a room promises, in its promised.toml: a claim that has lost some does not hold."""

import tomllib

from grading.room import RoomError

PROMISED = "promised.toml"
FORMS = {"full", "quick"}


def read_promised(room, full):
    """claim -> the trials that are promised in this form; none in a room that has no such file.  Raises RoomError."""
    path = room.path / PROMISED
    if not path.exists():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as reason:
        raise RoomError(f"{PROMISED} can't be used ({reason}); correct it.") from None
    for claim, counts in table.items():
        if not is_promise(counts):
            raise RoomError(f"{PROMISED} sets {claim!r} to {counts!r}; it is a table of full and quick, both from 1.")
    return {claim: counts["full" if full else "quick"] for claim, counts in table.items() if full or "quick" in counts}


def is_promise(counts):
    """Whether a claim's entry is a number of trials for the full form, and perhaps one for the quick form."""
    return (
        isinstance(counts, dict)
        and {"full"} <= counts.keys() <= FORMS
        and all(type(count) is int and count > 0 for count in counts.values())
    )
