"""Trials of steadiness: the same class, in any order and with any number of jobs, gets the same bytes.

Compared is all that is written of a submission: its result, its page, its line of grades.csv.
"""

import shutil
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from grading.mark.grade import grade
from grading.prove.claim import BROKEN, KEPT, Claim, Outcome
from grading.prove.patience import within

SEED = 5
MASK = "STUDENT"  # in the place of a name
HANG = 60.0  # seconds for one submission, on a machine under load: the slowest of the sample class takes five
JOBS = (1, 2, 8)  # submissions at a time: one after another, a small machine, more than any core can carry


def steady_claim(room, cases, times):
    """The claim that a class, marked so many times, always has the results that it had the first time.

    cases   the folders of its submissions
    """

    def outcomes(_, after=0):  # a class is marked as `grade` marks it, with processes of its own
        with TemporaryDirectory() as place:
            first = marked(place, 0)
            rounds, told = divmod(after, len(cases))
            for number in range(1 + rounds, times):
                found = marked(place, number)
                for case in cases[told:]:
                    yield compared(f"{case.name}, time {number + 1}, {jobs_of(number)} jobs", first[case], found[case])
                told = 0

    def marked(place, number):
        folder = Path(place, str(number))
        return within(HANG * len(cases), results_of, room, cases, folder, number, jobs_of(number))

    promise = "The same class has the same results, pages and grades, byte for byte, in any order and with any jobs."
    return Claim("steady", promise, outcomes, len(cases) * (times - 1))


def jobs_of(number):
    return JOBS[number % len(JOBS)]


def results_of(room, cases, place, number, jobs):
    """case -> all that is written of it, without its name, of a class that is marked in another order each time."""
    order = handed_in(cases, place / "class", number)
    grade(room, place / "class", place / "marked", jobs=jobs, progress=False)
    return {case: told_of(student, place / "marked") for student, case in order.items()}


def told_of(student, marked):
    """What is written of a student: the result, the page, and the line of grades.csv; the name is masked."""
    result, page = marked / "results" / f"{student}.json", marked / "feedback" / f"{student}.html"
    rows = (marked / "grades.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    texts = [path.read_text(encoding="utf-8") for path in (result, page)] + [row for row in rows if student in row]
    return "".join(texts).replace(student, MASK)


def handed_in(cases, folder, number):
    """student -> case, in the order of the names under which the cases lie in a folder now: that of the marking."""
    order = Random(f"{SEED} {number}").sample(cases, len(cases))
    students = {f"student-{position:04}": case for position, case in enumerate(order)}
    for student, case in students.items():
        shutil.copytree(case, folder / student)
    return students


def compared(trial, first, now):
    """The Outcome of what is written of one submission beside that of the first time."""
    if first == now:
        return Outcome(trial, KEPT)
    lines = zip(first.splitlines(), now.splitlines(), strict=False)
    before, after = next(((one, other) for one, other in lines if one != other), ("", "a line more or less"))
    return Outcome(trial, BROKEN, f"first {before.strip()!r:.200}, now {after.strip()!r:.200}")
