"""How the functions read that wait for a person: asked of a process that has only parsed them."""

from collections import defaultdict

from grading.mark.files import read_submission, wanted_files
from grading.mark.marking import TIME_LIMIT
from grading.sandbox.worker import StudentFault, Worker, Zygote

DIGITS = 64  # of what a child calls an outline; more is cut off


def outlines_of(room, found, cases):
    """(student, item id) -> (outline, text) for Cases, as far as they can be read.  Raises ZygoteFault.

    found   each Found of the submissions
    """
    by_student = defaultdict(list)
    for case in cases:
        by_student[case.student].append(case)
    told = {}
    if not by_student:
        return told
    zygote = Zygote()
    try:
        for one in found:
            open_cases = [case for row in one.receivers for case in by_student.get(row.student, ())]
            if open_cases:
                told |= outlines_in(room, read_submission(one, wanted_files(room)), open_cases, zygote)
    finally:
        zygote.close()
    return told


def outlines_in(room, submission, cases, zygote):
    """The same for one submission; {} for files that can't be read."""
    targets, told = defaultdict(list), {}
    for case in cases:
        targets[case.item.file].append((case, room.items[case.item.id].target))
    for file, rows in targets.items():
        content = submission.files.get(file, submission.files.get(room.notebook))
        found = ask(zygote, file, content, [target for _, target in rows]) if content and file else {}
        for case, target in rows:
            said = found.get(target)
            if isinstance(said, dict):
                told[case.student, case.item.id] = str(said.get("outline"))[:DIGITS], str(said.get("text"))
    return told


def ask(zygote, file, content, targets):
    """target -> what a child that has only parsed the file tells of it; {} where it can't."""
    try:
        with Worker(zygote, file, content, TIME_LIMIT, run=False) as worker:
            _, told = worker.ask("outlines", targets=targets)
    except StudentFault:
        return {}
    found = told.get("outlines")
    return found if isinstance(found, dict) else {}
