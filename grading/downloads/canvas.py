"""Canvas: one flat zip without a manifest, `lastfirst[_late]_<user id>_<file id>_<original name>` each.

An anonymous download has no first part, a group's has the group's name there.  A file that was uploaded again has `-1`,
`-2`, ... before its ending.  Answers in text or links end in `_text.html`, `_link.html`.
"""

import re

from grading.downloads.attempt import Attempt, without_copies

ENTRY = re.compile(
    r"^(?:(?!late_\d+_\d+_|\d+_\d+_)(?P<slug>.+?)_)?(?P<late>late_)?(?P<user>\d+)_(?P<file>\d+)_(?P<name>.+)$",
    re.IGNORECASE | re.DOTALL,
)


def read(names, text):
    """The Attempts of a download of Canvas, or [] where it is none."""
    found = [(ENTRY.match(name.name), name) for name in names]
    if not found or any(entry is None or len(name.parts) > 1 for entry, name in found):
        return []
    by_user = {}
    for entry, name in sorted(found, key=lambda row: int(row[0]["file"])):  # file ids grow with time
        by_user.setdefault(entry["user"], []).append((entry, name))
    return [attempt(user, entries) for user, entries in sorted(by_user.items())]


def attempt(user, entries):
    """One student's Attempt: of all entries, each original name once, the one that was uploaded last."""
    last, _ = entries[-1]
    files = without_copies([(entry["name"], name) for entry, name in entries])
    return Attempt(user, last["slug"] or "", files, late=any(entry["late"] for entry, _ in entries))
