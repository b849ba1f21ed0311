"""The kinds of export, each a function of (room, source, out) that writes `out` and tells what it wrote."""

import importlib
from dataclasses import dataclass


class ExportFault(ValueError):
    """Something can't be exported: one sentence that names the thing, the reason and the fix."""


@dataclass(frozen=True)
class Kind:
    """One kind of export.

    module   where its function is, which returns sentences on what was written
    makes    what it makes, in a few words
    source   what it is made from, besides the room; "" for nothing
    """

    module: str
    makes: str
    source: str = ""
    function: str = "export"


MARKED = "the folder that grade wrote for a download"
GRADES = "grading.export.course_grades"
KINDS = {
    "canvas-grades": Kind(GRADES, "grades as Canvas takes them in", MARKED, "canvas"),
    "moodle-grades": Kind(GRADES, "grades and feedback as Moodle's worksheet takes them in", MARKED, "moodle"),
    "blackboard-grades": Kind(GRADES, "grades as Blackboard takes them in", MARKED, "blackboard"),
    "gradescope": Kind("grading.export.gradescope", "an autograder for Gradescope, as a zip"),
    "nbgrader": Kind("grading.export.nbgrader_course", "a course folder for nbgrader's own commands"),
    "nbgrader-scores": Kind(
        "grading.export.nbgrader_scores",
        "item scores and comments in a course's gradebook, by our marker",
        "a course folder that `export nbgrader` wrote, with submitted/ in it",
    ),
    "otter": Kind("grading.export.otter_notebook", "a notebook for `otter assign`"),
}


def export(room, kind, out, source=None):
    """Write an export of `kind` to `out`; the sentences to tell.  Raises ExportFault."""
    if kind not in KINDS:
        known = "; ".join(f"{name} ({one.makes})" for name, one in KINDS.items())
        raise ExportFault(f"there is no export called {kind!r}; there are: {known}.")
    chosen = KINDS[kind]
    if chosen.source and source is None:
        raise ExportFault(f"export {kind} is made from {chosen.source}; give its path after the kind.")
    if source is not None and not chosen.source:
        raise ExportFault(f"export {kind} is made from the assignment alone; leave out {str(source)!r}.")
    return getattr(importlib.import_module(chosen.module), chosen.function)(room, source, out)
