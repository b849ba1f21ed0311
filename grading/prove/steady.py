"""Trials of steadiness: the same class, in any order and with any number of jobs, gets the same bytes."""

import shutil
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from grading.mark.grade import grade
from grading.prove.claim import BROKEN, KEPT, Claim, Outcome
from grading.prove.patience import within

SEED = 5
HANG = 60.0  # seconds for one submission, on a machine under load: the slowest of the sample class takes five
JOBS = (1, 2, 8)  # submissions at a time: one after another, a small machine, more than any core can carry


def steady_claim(room, cases, times):
    """The claim that a class, marked so many times, always has the results that it had the first time.

    cases   the folders of its submissions
    """

    def outcomes(_):  # a class is marked as `grade` marks it, with processes of its own
        with TemporaryDirectory() as place:
            first = None
            for number, jobs in enumerate(islice(cycle(JOBS), times)):
                found = within(HANG * len(cases), results_of, room, cases, Path(place, str(number)), number, jobs)
                first = first or found
                for case in cases if number else ():
                    yield compared(f"{case.name}, time {number + 1}, {jobs} jobs", first[case], found[case])

    promise = "The same class has the same results, byte for byte, in any order and with any number of jobs."
    return Claim("steady", promise, outcomes, len(cases) * (times - 1))


def results_of(room, cases, place, number, jobs):
    """case -> its result as it is written, of a class that is marked in another order each time."""
    order = handed_in(cases, place / "class", number)
    marked = grade(room, place / "class", place / "marked", jobs=jobs, progress=False)
    results = zip(order, marked.results, strict=True)  # both in the order of the names
    return {case: replace(result, student=case.name).to_json() for case, result in results}


def handed_in(cases, folder, number):
    """The cases in the order of the names under which they lie in a folder now: that in which they are marked."""
    order = Random(f"{SEED} {number}").sample(cases, len(cases))
    for position, case in enumerate(order):
        shutil.copytree(case, folder / f"{position:04}")
    return order


def compared(trial, first, now):
    """The Outcome of one result beside that of the first time."""
    if first == now:
        return Outcome(trial, KEPT)
    lines = zip(first.splitlines(), now.splitlines(), strict=False)
    before, after = next(((one, other) for one, other in lines if one != other), ("", "a line more or less"))
    return Outcome(trial, BROKEN, f"first {before.strip()!r:.200}, now {after.strip()!r:.200}")
