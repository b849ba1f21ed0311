"""The kinds of export, each a function of (room, source, out) that writes `out` and tells what it wrote."""

import importlib
from dataclasses import dataclass


class ExportFault(ValueError):
    """Something can't be exported: one sentence that names the thing, the reason and the fix."""


@dataclass(frozen=True)
class Kind:
    """One kind of export.

    module    where its function is, which returns sentences on what was written
    makes     what it makes, in a few words
    out       what it writes, as an example
    source    what it is made from, besides the room; "" for nothing
    place     where that lies, as an example
    function  the function's name
    takes_keys    whether its students' names can be those that a key file gives back
    takes_course  whether a course's files say how its students are called, and what people decided
    """

    module: str
    makes: str
    out: str
    source: str = ""
    place: str = ""
    function: str = "export"
    takes_keys: bool = False
    takes_course: bool = False


DOWNLOAD = "the folder that grade wrote for a download"
COURSE = "a course folder that `export nbgrader` wrote, with submitted/ in it"
GRADES = "grading.export.course_grades"
SCORES = "grading.export.nbgrader_scores"
KINDS = {
    "gradescope": Kind("grading.export.gradescope", "an autograder for Gradescope", "autograder.zip"),
    "nbgrader": Kind("grading.export.nbgrader_course", "a course folder for nbgrader's own commands", "course"),
    "nbgrader-scores": Kind(
        SCORES,
        "our marker's scores and comments in a gradebook",
        "marked",
        COURSE,
        "course",
        takes_keys=True,
        takes_course=True,
    ),
    "otter": Kind("grading.export.otter_notebook", "a notebook for `otter assign`", "course"),
    "canvas-grades": Kind(GRADES, "grades for Canvas", "canvas.csv", DOWNLOAD, "marked", "canvas", True),
    "moodle-grades": Kind(GRADES, "grades and feedback for Moodle", "moodle.csv", DOWNLOAD, "marked", "moodle", True),
    "blackboard-grades": Kind(
        GRADES, "grades for Blackboard", "blackboard.csv", DOWNLOAD, "marked", "blackboard", True
    ),
}


def examples():
    """For each kind what it makes, and below that a whole command, as text."""
    return "\n".join(
        f"  {kind.makes}:\n    python -m grading {' '.join(command(name))}" for name, kind in KINDS.items()
    )


def command(name):
    """The words of a command that makes an export, as an example."""
    kind = KINDS[name]
    return ["export", name, *([kind.place] if kind.source else []), "--out", kind.out]


def export(room, kind, out, source=None, keys=None, course_file=None):
    """Write an export of `kind` to `out`; the sentences to tell.  Raises ExportFault.

    keys         the key file that gives the names back, where the results are under pseudonyms
    course_file  the course.toml that says how students are called, with what people decided beside it
    """
    if kind not in KINDS:
        known = "; ".join(f"{name} ({one.makes})" for name, one in KINDS.items())
        raise ExportFault(f"there is no export called {kind!r}; there are: {known}.")
    chosen = KINDS[kind]
    if chosen.source and source is None:
        raise ExportFault(f"export {kind} is made from {chosen.source}; give its path after the kind.")
    if source is not None and not chosen.source:
        raise ExportFault(f"export {kind} is made from the assignment alone; leave out {str(source)!r}.")
    if keys is not None and not chosen.takes_keys:
        raise ExportFault(f"export {kind} has no names of students to give back; leave out --keys.")
    if course_file is not None and not chosen.takes_course:
        raise ExportFault(f"export {kind} takes nothing from a roster; leave out --course.")
    given = {"keys": keys, "course_file": course_file}
    options = {name: path for name, path in given.items() if path is not None}
    return getattr(importlib.import_module(chosen.module), chosen.function)(room, source, out, **options)
