"""How the functions read that wait for a person: asked of a process that has only parsed them."""

from collections import defaultdict

from grading.mark.files import read_submission, wanted_files
from grading.mark.marking import TIME_LIMIT
from grading.mark.stamp import submission_digest
from grading.sandbox.worker import StudentFault, Worker, Zygote

DIGITS = 64  # of what a child calls an outline; more is cut off
UNKNOWN = "?"  # what stands for an outline that is not known, before the student: no outline begins so


def outlines_of(room, found, cases, marked):
    """(student, item id) -> (outline, text) for Cases, where an item has code.  Raises ZygoteFault.

    found    each Found of the submissions
    marked   student -> digest of the files that counted; None where nothing is known of them

    A function that can't be read in the code that counted is alike to nobody's, and the text says so.
    """
    by_student = defaultdict(list)
    for case in cases:
        by_student[case.student].append(case)
    unread = room.words.say("review", "unread", options="--submissions, --course")
    told = {
        (case.student, item.id): (f"{UNKNOWN} {case.student}", unread)
        for case in cases
        for item in case.items
        if room.items[item.id].target
    }
    if not told:
        return told
    zygote = Zygote()
    try:
        for one in found:
            for row in one.receivers:
                open_cases = by_student.get(row.student, ())
                submission = open_cases and submission_marked(room, one, marked.get(row.student))
                if submission:
                    told |= outlines_in(room, submission, open_cases, zygote)
    finally:
        zygote.close()
    return told


def submission_marked(room, found, digest):
    """The Submission of the attempt with this digest, or of the newest for None; None where no attempt has it."""
    attempts = (read_submission(one, wanted_files(room)) for one in (found, *found.earlier))
    return next((one for one in attempts if digest in {None, submission_digest(one)}), None)


def outlines_in(room, submission, cases, zygote):
    """The same for one submission; {} for files that can't be read."""
    targets, told = defaultdict(list), {}
    for case in cases:
        for item in case.items:
            targets[item.file].append((case.student, item.id, room.items[item.id].target))
    for file, rows in targets.items():
        content = submission.files.get(file, submission.files.get(room.notebook))
        found = ask(zygote, file, content, [target for *_, target in rows]) if content and file else {}
        for student, item_id, target in rows:
            said = found.get(target)
            if isinstance(said, dict) and said.get("outline"):
                told[student, item_id] = str(said["outline"])[:DIGITS], str(said.get("text"))
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
