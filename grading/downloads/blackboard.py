"""Blackboard: flat, `<assignment>_<user name>_attempt_<YYYY-MM-DD-HH-MM-SS>_<file>`, and a text file for each attempt.

The text file has no file name after the time; its first line is `Name: First Last (username)`.  A user name may hold
`_`; other languages have another word for attempt.
"""

import re

from grading.downloads.attempt import Attempt

ENTRY = re.compile(
    r"^(?P<before>.+)_(?P<word>[^\W\d_]+)_(?P<at>\d{4}(?:-\d{2}){5})(?:_(?P<name>.+)|(?P<receipt>\.txt))$", re.DOTALL
)
NAMED = re.compile(r"^[^:\n]*:\s*(?P<name>[^\n]*?)\s*\((?P<user>[^()\n]+)\)\s*$", re.MULTILINE)


def read(names, text):
    """Every Attempt of each student of a download of Blackboard, or [] where it is none."""
    found = [(ENTRY.match(name.name), name) for name in names]
    if not found or any(entry is None or len(name.parts) > 1 for entry, name in found):
        return []
    receipts = {entry["before"] + entry["at"]: text(name) for entry, name in found if entry["receipt"]}
    people = {key: NAMED.search(receipt) for key, receipt in receipts.items()}
    assignment = shared_start([entry["before"] for entry, _ in found])
    attempts = {}
    for entry, name in found:
        who = people.get(entry["before"] + entry["at"])
        user = who["user"] if who else entry["before"].removeprefix(assignment).strip("_") or entry["before"]
        attempt = attempts.setdefault((user, entry["at"]), (who, []))
        if entry["name"]:
            attempt[1].append((entry["name"], name))
    return [
        Attempt(user, who["name"] if who else "", dict(files), at=at)
        for (user, at), (who, files) in sorted(attempts.items(), key=lambda one: one[0])
    ]


def shared_start(texts):
    """What all of the texts begin with, up to a `_`: the assignment's name; "" where only one is there to compare."""
    if len(set(texts)) < 2:
        return ""
    first, last = min(texts), max(texts)
    length = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[: first.rfind("_", 0, length) + 1]
