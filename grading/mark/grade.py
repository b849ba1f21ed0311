"""Mark everything under a path: in parallel, each result on disk before it is told, whatever a submission does."""

import os
from concurrent.futures import FIRST_COMPLETED, CancelledError, ThreadPoolExecutor, wait
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from threading import Event

from grading.courses.register import write_register
from grading.mark.files import find_submissions, read_submission
from grading.mark.marking import OPTIONS, TIME_LIMIT, our_fault
from grading.mark.result import Result
from grading.mark.stamp import stamp, submission_digest
from grading.mark.where import Here, There, UnusableCluster, job_of
from grading.report import faults, pages, tables
from grading.report.progress import Progress
from grading.sandbox.worker import ZygoteFault


class UnusableOutput(ValueError):
    """The output folder can't be written, or not any more: one sentence."""


class Stopped(RuntimeError):
    """The marking was interrupted: one sentence on what is there and how to go on; its cause is the interrupt."""


@dataclass(frozen=True)
class Class:
    """A marked class: whose results lie where.  A result is read when its turn comes, so that any class fits."""

    students: tuple  # sorted
    out: Path

    @property
    def results(self):
        """Each Result, in the order of the students."""
        for student in self.students:
            yield Result.from_json(result_path(self.out, student).read_text(encoding="utf-8"))


def grade(
    room,
    path,
    out,
    jobs=None,
    resume=False,
    time_limit=TIME_LIMIT,
    progress=True,
    begun=None,
    told=None,
    cluster=None,
):
    """Mark every submission under `path` and write all results into `out`: a Class.

    jobs      submissions at a time (default: one for each core, or two for each thread of the cluster)
    resume    keep results that are there already, of this marker, this release and the same files
    progress  False: say nothing on stderr
    begun     called once all that was asked for is found right, before anything is marked
    told      called with each Result as soon as it is on disk, in the order in which they are finished
    cluster   a `grading.cluster.Cluster` whose workers mark, in place of this machine

    Whatever ends it, grades.csv and report.html are written from what is finished.
    Raises NoSubmissions, UnusableOutput, UnusableCluster, Stopped; ZygoteFault where no student code can be run at all.
    """
    submissions = find_submissions(path, wanted_files(room), out)
    return grade_found(room, submissions, out, jobs, resume, time_limit, progress, begun, told, cluster)


def grade_found(
    room,
    submissions,
    out,
    jobs=None,
    resume=False,
    time_limit=TIME_LIMIT,
    progress=True,
    begun=None,
    told=None,
    cluster=None,
):
    """As `grade`, for submissions that are found already: each a Found, sorted by student."""
    check_options(room)
    out = prepare(out)
    with usable(out):
        write_register(submissions, out)
    batch = Batch(room, out, resume, time_limit, cluster)
    jobs = jobs or (2 * cluster.threads if cluster else os.cpu_count() or 1)
    if begun:
        begun()
    ended_by = cause = None
    with Progress(len(submissions), shown=progress, **progress_words(room.words)) as bar:
        try:
            with closing(batch.mark_all(submissions, jobs)) as results:
                for result in results:
                    if told:
                        told(result)
                    bar.advance()
                    if result.faults:
                        bar.say(f"{result.student}: our marker failed; {faults_path(out, result.student)} says where.")
        except KeyboardInterrupt as interrupt:
            ended_by, cause = Stopped(str(interrupt) or "Stopped"), interrupt
        except (UnusableOutput, UnusableCluster) as reason:
            ended_by = reason
    marked = Class(tuple(one.student for one in submissions if one.student in batch.finished), out)
    with suppress(UnusableOutput if ended_by else ()):
        write_tables(marked, room)
    with suppress(OSError):  # it holds faults, or is not there
        (out / "faults").rmdir()
    if ended_by:
        kept = f"{len(marked.students)} of {len(submissions)} submissions are marked and kept"
        sentence = f"{str(ended_by).rstrip('.')}; {kept}; the same command with --resume goes on."
        raise type(ended_by)(sentence) from cause
    return marked


def check_options(room):
    """What the rubric sets is one of the choices, before anything is marked by it.  Raises RoomError."""
    for name, allowed in (OPTIONS | room.load("marking").OPTIONS).items():
        room.option(name, allowed)


class Batch:
    """The marking of one class: what all of its submissions share.

    finished   the students whose results are on disk
    """

    def __init__(self, room, out, resume, time_limit, cluster=None):
        self.room, self.out, self.resume, self.time_limit = room, out, resume, time_limit
        self.wanted, self.stamp = wanted_files(room), stamp(room, time_limit)
        self.marker = There(job_of(room, time_limit), cluster) if cluster else Here(room, time_limit)
        self.finished = set()
        self.ending = Event()

    def mark_all(self, submissions, jobs):
        """Each Result as it is finished.  What is under way when this is left early is given up."""
        executor = ThreadPoolExecutor(jobs)
        waiting, under_way = iter(submissions), set()
        try:
            while under_way := under_way | self.started(executor, islice(waiting, 2 * jobs - len(under_way))):
                done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
        finally:
            self.ending.set()
            self.marker.close()
            executor.shutdown(cancel_futures=True)

    def started(self, executor, submissions):
        return {executor.submit(self.mark, one) for one in submissions}

    def mark(self, found):
        """One submission, from its files to its result on disk.

        Raises ZygoteFault, UnusableOutput, UnusableCluster.
        """
        try:
            return self.read_and_mark(found)
        except (ZygoteFault, UnusableOutput, UnusableCluster, CancelledError):
            raise
        except Exception as reason:  # whatever it did to us, the rest of the class is marked
            return self.keep(our_fault(self.room, found.student, reason).stamped(self.stamp))

    def read_and_mark(self, found):
        submission = read_submission(found, self.wanted)
        grader = self.stamp | {"marked": submission_digest(submission)}
        if self.resume and (kept := earlier_result(self.out, found.student, grader)):
            self.finished.add(found.student)
            return kept
        return self.keep(self.marker.mark(submission).stamped(grader))

    def keep(self, result):
        """Write the page, and then the JSON file: what has its JSON file is finished.  Raises UnusableOutput.

        What failed in our own code is written first, and named in a note; what an earlier run left there is removed.
        """
        if self.ending.is_set():  # a child that was ended by us proves nothing
            raise CancelledError
        with usable(self.out):
            path = faults_path(self.out, result.student)
            if result.faults:
                faults.write_faults(result.faults, result.student, path)
                place = path.relative_to(self.out).as_posix()
                result = result.noting(self.room.words.say("notes", "fault_kept", place=place))
            else:
                faults.forget_faults(path)
            pages.write_feedback(result, self.room, feedback_path(self.out, result.student))
            pages.write_whole(result_path(self.out, result.student), result.to_json())
        self.finished.add(result.student)
        return result


def wanted_files(room):
    """The file names that the assignment knows."""
    return {*room.modules, *room.optional.get("files", ())}


def result_path(out, student):
    return out / "results" / f"{student}.json"


def feedback_path(out, student):
    return out / "feedback" / f"{student}.html"


def faults_path(out, student):
    return out / "faults" / f"{student}.txt"


def progress_words(words):
    """What the bar, or the lines in its place, say in the room's language."""
    return {
        "task": words.say("terminal", "marking"),
        "unit": words.say("terminal", "submission"),
        "sentence": partial(words.say, "terminal", "progress"),
    }


def write_tables(marked, room):
    """grades.csv and report.html.  Raises UnusableOutput."""
    with usable(marked.out):
        tables.write_grades(marked.results, room, marked.out / "grades.csv")
        pages.write_report(marked.results, room, marked.out / "report.html")


def earlier_result(out, student, grader):
    """The whole result that an earlier run with the same stamp wrote for the same files, or None."""
    try:
        result = Result.from_json(result_path(out, student).read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    same = result.grader == grader and result.student == student
    return result if same and feedback_path(out, student).is_file() else None


def prepare(out):
    """The output folder with its subfolders, without what an interrupted run left half written.

    Raises UnusableOutput.
    """
    out = Path(out)
    with usable(out):
        for folder in (out / "results", out / "feedback"):
            folder.mkdir(parents=True, exist_ok=True)
        for folder in (out, out / "results", out / "feedback", out / "faults"):
            for half_written in folder.glob(f"*{pages.HALF_WRITTEN}"):
                half_written.unlink()
        pages.write_whole(out / ".writable", "")
        (out / ".writable").unlink()
    return out


@contextmanager
def usable(out):
    """Turns an error of the file system under `out` into UnusableOutput."""
    try:
        yield
    except OSError as reason:
        why = f"{out} can't be written ({reason.strerror}); make room there, or choose another folder with --out."
        raise UnusableOutput(why) from None
