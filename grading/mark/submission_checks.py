"""Unscored items that any assignment may ask for: notebook and modules agree, written by hand, one page of report."""

from dataclasses import replace

from grading.mark.checks import Checks
from grading.mark.places import defined_by
from grading.mark.verdict import Speaker
from grading.sandbox.library_uses import LIBRARY_NAMES
from grading.sandbox.worker import StudentFault

CHECKS = Checks()


@CHECKS.item("submission.notebook")
def notebook(marking):
    """The notebook's cells and the modules define the same classes."""
    speak = marking.speaker("submission.notebook")
    name = marking.room.notebook
    content = marking.files.get(name)
    if content is None:
        return speak.absent("notebook_absent")
    differing = []
    for half in marking.halves.values():
        try:
            differing += half.module.differing_classes(content)
        except StudentFault as fault:
            return speak.fault(fault)
    if not differing:
        return speak.passed("notebook_same")
    lacking = defined_by(marking.reader(name, content)).missing(differing)
    other = [one for one in differing if one not in lacking]
    said = {"notebook_lacks": lacking, "notebook_other": other}
    saw = "; ".join(marking.words.say("saw", key, classes=", ".join(names)) for key, names in said.items() if names)
    return speak.failed(saw, None, "notebook_lacks" if lacking else "notebook_other")


@CHECKS.item("submission.handwritten")
def handwritten(marking):
    """No ready-made recurrent layer where the student's own code is asked for."""
    speak = marking.speaker("submission.handwritten")
    for file, half in marking.halves.items():
        half.observe()
        in_file = replace(marking.items["submission.handwritten"], file=marking.places[file])
        if half.module.is_unread:
            return Speaker(marking.words, in_file).review(marking.words.say("saw", "unread"), "library")
        used = half.module.library_used()
        if used:
            line, name = used
            saw = marking.words.say("saw", "library" if name in LIBRARY_NAMES else "roundabout", name=name)
            return Speaker(marking.words, in_file, line).review(saw, "library")
    return speak.passed("library_none")


@CHECKS.item("report.one_page")
def report(marking):
    """report.pdf has one page."""
    speak = marking.speaker("report.one_page")
    content = marking.files.get("report.pdf")
    if content is None:
        return speak.absent("report_absent")
    try:
        pages = marking.count_pages(content)
    except StudentFault:
        return speak.review(marking.words.say("saw", "report_unreadable"))
    saw = marking.words.say("saw", "report_pages", pages=pages)
    if pages == 1:
        return speak.passed("report_pages", pages=pages)
    return speak.failed(saw, None, "pages")
