"""Names of students that are safe for files, and told apart by every file system."""

import hashlib
import re
import unicodedata

SHOWN = 10  # of the names in one sentence
NAME_LIMIT = 150  # bytes, so that a file name can be made of it
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)  # device names on Windows


def student_name(name):
    """A name that is safe as part of a file name: printable, short, no path or device in it.

    Two long names stay two: what is cut off leaves a digest.
    """
    kept = "".join(c if c.isprintable() and c not in '/\\:*?"<>|' else "_" for c in name).strip(" .")
    if len(kept.encode()) > NAME_LIMIT:
        digest = hashlib.sha256(name.encode(errors="surrogatepass")).hexdigest()[:8]
        kept = f"{kept.encode()[: NAME_LIMIT - 9].decode(errors='ignore').strip()}-{digest}"
    return ("_" if RESERVED.match(kept) else "") + kept or "unnamed"


def listed(names):
    """Names in a sentence: quoted, without control characters, each bounded; of many the first, and how many more."""
    names = list(names)
    shown = ", ".join(repr(name[:NAME_LIMIT]) for name in names[:SHOWN])
    return shown if len(names) <= SHOWN else f"{shown} and {len(names) - SHOWN} more"


def same_file_name(name):
    """What two names have in common that some file system takes for one: case and normal form are left out."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
