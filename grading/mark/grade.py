"""Mark everything under a path: in parallel, each result on disk before it is told, whatever a submission does."""

import os
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial

from grading.downloads.register import write_register
from grading.mark.batch import Batch
from grading.mark.files import find_submissions, wanted_files
from grading.mark.kept import faults_path
from grading.mark.marking import OPTIONS, TIME_LIMIT
from grading.mark.output import MarkedClass, UnusableOutput, prepare, usable, write_tables
from grading.mark.where import UnusableCluster
from grading.report.progress import Progress

RESUME = "the same command with --resume goes on"


class Stopped(RuntimeError):
    """The marking was interrupted: one sentence on what is there and how to go on; its cause is the interrupt."""


@dataclass(frozen=True)
class Run:
    """How a class is marked: by whom, what is kept, what counts, and who is told.

    jobs         submissions at a time; None: one for each core, or two for each thread of the cluster
    resume       keep results that are there already, of this marker, this release and the same files
    time_limit   seconds for one question to a student's code
    progress     False: say nothing on stderr
    begun        called once all that was asked for is found right, before anything is marked; or None
    told         called with each Result as soon as it is on disk, in the order in which they are finished; or None
    settlement   what counts of what the marker says: see `grading.courses.settlement`; None: all of it
    only_up      an earlier marking that stands where this one gives less: see `grading.courses.only_up`; or None
    cluster      a `grading.cluster.Cluster` whose workers mark, in place of this machine; or None
    goes_on      how what was stopped goes on, in a few words
    """

    jobs: int | None = None
    resume: bool = False
    time_limit: float = TIME_LIMIT
    progress: bool = True
    begun: object = None
    told: object = None
    settlement: object = None
    only_up: object = None
    cluster: object = None
    goes_on: str = RESUME

    @property
    def jobs_at_a_time(self):
        return self.jobs or (2 * self.cluster.threads if self.cluster else os.cpu_count() or 1)


def grade(room, path, out, **run):
    """Mark every submission under `path` and write all results into `out`: a MarkedClass.  `run`: fields of a Run.

    Raises NoSubmissions, and what `grade_found` raises.
    """
    return grade_found(room, find_submissions(path, wanted_files(room), out), out, Run(**run))


def grade_found(room, submissions, out, run):
    """As `grade`, for submissions that are found already: each a Found, sorted by student.

    Whatever ends it, grades.csv and report.html are written from what is finished.
    Raises UnusableOutput, UnusableCluster, Stopped; ZygoteFault where no student code can be run at all.
    """
    check_options(room)
    out = prepare(out)
    with usable(out):
        write_register(submissions, out)
    batch = Batch(room, out, run)
    students = sorted(row.student for one in submissions for row in one.receivers)
    if run.begun:
        run.begun()
    ended_by = cause = None
    with Progress(len(students), shown=run.progress, **progress_words(room.words)) as bar:
        try:
            for one in submissions:
                if one.system:
                    bar.say(f"{one.student}: not named as {one.system} names a download; marked under that name.")
            with closing(batch.mark_all(submissions, run.jobs_at_a_time)) as results:
                for result in results:
                    if run.told:
                        run.told(result)
                    bar.advance()
                    if result.faults:
                        bar.say(f"{result.student}: our marker failed; {faults_path(out, result.student)} says where.")
        except KeyboardInterrupt as interrupt:
            ended_by, cause = Stopped(str(interrupt) or "Stopped"), interrupt
        except (UnusableOutput, UnusableCluster) as reason:
            ended_by = reason
    marked = MarkedClass(tuple(student for student in students if student in batch.finished), out)
    with suppress(UnusableOutput if ended_by else ()):
        write_tables(marked, batch.shown)
    for folder in ("faults", "marked"):
        with suppress(OSError):  # it holds something, or is not there
            (out / folder).rmdir()
    if ended_by:
        kept = f"{len(marked.students)} of {len(students)} submissions are marked and kept"
        sentence = f"{str(ended_by).rstrip('.')}; {kept}; {run.goes_on}."
        raise type(ended_by)(sentence) from cause
    return marked


def check_options(room):
    """What the rubric sets is one of the choices, before anything is marked by it.  Raises RoomError."""
    for name, allowed in (OPTIONS | room.load("marking").OPTIONS).items():
        room.option(name, allowed)


def progress_words(words):
    """What the bar, or the lines in its place, say in the room's language."""
    return {
        "task": words.say("terminal", "marking"),
        "unit": words.say("terminal", "submission"),
        "sentence": partial(words.say, "terminal", "progress"),
    }
