"""Gradescope's autograder: a zip with the scripts that it starts, the marker, and of the room what marking needs."""

import io
import json
import re
import zipfile
from pathlib import Path

from grading.export.kinds import ExportFault
from grading.export.writing import writable
from grading.mark import stamp
from grading.mark.marking import TIME_LIMIT
from grading.mark.sources import sources_behind
from grading.room import REPOSITORY
from grading.whole_files import write_whole

SCRIPTS = Path(__file__).with_name("gradescope_scripts")
SETTINGS = "marker.json"  # in the zip: which assignment, how it is shown, and the stamp of the marker that it is
# What marking imports, and pypdf, which counts pages; tests/grading/test_gradescope.py holds this to the sources.
PACKAGES = ("torch", "numpy", "safetensors", "jinja2", "pypdf", "rich", "tqdm", "PyYAML")
VISIBILITIES = ("visible", "hidden", "after_due_date", "after_published")
DEFAULTS = {"visibility": "visible", "stdout_visibility": "hidden", "timeout": 600}
TIMEOUTS = range(120, 2401)  # seconds; Gradescope offers up to 40 minutes
PROGRAM = "grading.export.gradescope_run"  # what run_autograder starts


def export(room, source, out):
    """Write the zip to `out`; sentences on what it is.  `source` is not used.  Raises ExportFault."""
    members = autograder_files(room)
    with writable(out):
        write_whole(out, packed(members))
    points = f"{room.max_score:g}"
    return [
        f"{out}: {len(members)} files, {out.stat().st_size / 1024:.0f} KB; it holds equations, and no solution.",
        f"On Gradescope: a programming assignment with {points} points; upload it under Configure Autograder.",
    ]


def autograder_files(room):
    """name in the zip -> bytes.  Raises ExportFault."""
    marker = {"assignment": room.name, "language": room.language, "stamp": stamp.stamp(room, TIME_LIMIT)}
    files = {path.name: path.read_bytes() for path in sorted(SCRIPTS.iterdir())}
    files[SETTINGS] = (json.dumps(settings_of(room) | marker, indent=1) + "\n").encode()
    files["requirements.txt"] = "".join(f"{line}\n" for line in pins()).encode()
    files["constraints.txt"] = (REPOSITORY / "constraints.txt").read_bytes()
    for path in {*stamp.marker_files(room), *sources_behind(PROGRAM)}:
        files[path.relative_to(REPOSITORY).as_posix()] = path.read_bytes()
    return files


def settings_of(room):
    """How the room's [gradescope] table wants the results shown.  Raises ExportFault."""
    settings = DEFAULTS | room.gradescope
    for key in settings:
        allowed = {"timeout": TIMEOUTS}.get(key, VISIBILITIES)
        if key not in DEFAULTS:
            raise ExportFault(f"assignment.toml sets gradescope.{key}, which is none of {', '.join(DEFAULTS)}.")
        if settings[key] not in allowed:
            said = ", ".join(VISIBILITIES) if allowed is VISIBILITIES else "whole seconds from 120 to 2400"
            raise ExportFault(f"assignment.toml sets gradescope.{key} to {settings[key]!r}; it can be: {said}.")
    return settings


def pins():
    """The pinned lines for what marking needs; constraints.txt has those that other packages bring along."""
    texts = [(REPOSITORY / name).read_text(encoding="utf-8") for name in ("requirements.txt", "constraints.txt")]
    lines = {re.split(r"[=<>~]", line)[0]: line for text in reversed(texts) for line in text.splitlines()}
    return [lines[name] for name in PACKAGES]


def packed(members):
    """A zip of `members`, scripts executable; the same files give the same bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sorted(members.items()):
            member = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = (0o755 if text.startswith(b"#!") else 0o644) << 16
            archive.writestr(member, text)
    return content.getvalue()
