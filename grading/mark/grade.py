"""Mark everything under a path: in parallel, each result on disk before it is told, whatever a submission does."""

import os
from concurrent.futures import FIRST_COMPLETED, CancelledError, ThreadPoolExecutor, wait
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from operator import itemgetter
from pathlib import Path
from threading import Event

from grading.courses.register import write_register
from grading.mark.files import find_submissions, read_submission
from grading.mark.kept import earlier_result, faults_path, is_kept, keep_results, result_path
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


def grade(room, path, out, **how):
    """Mark every submission under `path` and write all results into `out`: a Class.  `how`: see `grade_found`.

    Raises NoSubmissions, and what `grade_found` raises.
    """
    return grade_found(room, find_submissions(path, wanted_files(room), out), out, **how)


def grade_found(
    room,
    submissions,
    out,
    *,
    jobs=None,
    resume=False,
    time_limit=TIME_LIMIT,
    progress=True,
    begun=None,
    told=None,
    settlement=None,
    only_up=None,
    cluster=None,
):
    """As `grade`, for submissions that are found already: each a Found, sorted by student.

    jobs         submissions at a time (default: one for each core, or two for each thread of the cluster)
    resume       keep results that are there already, of this marker, this release and the same files
    progress     False: say nothing on stderr
    begun        called once all that was asked for is found right, before anything is marked
    told         called with each Result as soon as it is on disk, in the order in which they are finished
    settlement   what counts of what the marker says: see `grading.courses.settlement`; None: all of it
    only_up      an earlier marking that stands where this one gives less: see `grading.courses.only_up`; or None
    cluster      a `grading.cluster.Cluster` whose workers mark, in place of this machine

    Whatever ends it, grades.csv and report.html are written from what is finished.
    Raises UnusableOutput, UnusableCluster, Stopped; ZygoteFault where no student code can be run at all.
    """
    check_options(room)
    out = prepare(out)
    with usable(out):
        write_register(submissions, out)
    batch = Batch(room, out, resume, time_limit, settlement, only_up, cluster)
    jobs = jobs or (2 * cluster.threads if cluster else os.cpu_count() or 1)
    students = sorted(row.student for one in submissions for row in one.receivers)
    if begun:
        begun()
    ended_by = cause = None
    with Progress(len(students), shown=progress, **progress_words(room.words)) as bar:
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
    marked = Class(tuple(student for student in students if student in batch.finished), out)
    with suppress(UnusableOutput if ended_by else ()):
        write_tables(marked, batch.shown)
    for folder in ("faults", "marked"):
        with suppress(OSError):  # it holds something, or is not there
            (out / folder).rmdir()
    if ended_by:
        kept = f"{len(marked.students)} of {len(students)} submissions are marked and kept"
        sentence = f"{str(ended_by).rstrip('.')}; {kept}; the same command with --resume goes on."
        raise type(ended_by)(sentence) from cause
    return marked


def check_options(room):
    """What the rubric sets is one of the choices, before anything is marked by it.  Raises RoomError."""
    for name, allowed in (OPTIONS | room.load("marking").OPTIONS).items():
        room.option(name, allowed)


class Batch:
    """The marking of one class: what all of its submissions share.

    shown      the room with the points that pages and tables show
    finished   the students whose results are on disk
    """

    def __init__(self, room, out, resume, time_limit, settlement=None, only_up=None, cluster=None):
        self.room, self.out, self.resume, self.time_limit = room, out, resume, time_limit
        self.settlement, self.only_up = settlement, only_up
        self.shown = settlement.room if settlement else room
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
                    yield from future.result()
        finally:
            self.ending.set()
            self.marker.close()
            executor.shutdown(cancel_futures=True)

    def started(self, executor, submissions):
        return {executor.submit(self.mark, one) for one in submissions}

    def mark(self, found):
        """One submission, from its files to its results on disk, one for each who gets one.

        Raises ZygoteFault, UnusableOutput, UnusableCluster.
        """
        try:
            marked = [self.read_and_mark(one, found) for one in (found, *found.earlier)]
            return self.keep(found, marked)
        except (ZygoteFault, UnusableOutput, UnusableCluster, CancelledError):
            raise
        except Exception as reason:  # whatever it did to us, the rest of the class is marked
            return self.keep(found, [our_fault(self.room, found.student, reason).stamped(self.stamp)])

    def read_and_mark(self, attempt, found):
        """The Result of one attempt of what was found: an earlier run's, where that is asked for and there is one."""
        submission = read_submission(attempt, self.wanted)
        grader = self.stamp | {"marked": submission_digest(submission)}
        student = found.receivers[0].student
        if self.resume and (kept := earlier_result(self.out, student, grader)):
            return kept
        if self.only_up and (untouched := self.only_up.untouched(student, grader)):
            return untouched
        return self.marker.mark(submission).stamped(grader)

    def keep(self, found, marked):
        """Write what counts of `marked`, a Result for each attempt, for each who gets it; give back what counts.

        Raises UnusableOutput.
        """
        if self.ending.is_set():  # a child that was ended by us proves nothing
            raise CancelledError
        return [self.keep_for(row, found, marked) for row in found.receivers]

    def keep_for(self, row, found, marked):
        """Write the faults, the page, and then the JSON file: what has its JSON file is finished.

        What failed in our own code is written first, and named in a note; what an earlier run left there is removed.
        """
        marked = [as_of(row.student, result) for result in marked]
        if self.settlement:
            marked = [self.settlement.own(result) for result in marked]
        with usable(self.out):
            marked = self.keep_faults(row.student, marked)
            counted = self.counted(row, found, marked)
            if self.only_up:
                marked = self.only_up.kept(row.student, marked, counted)
            if not (self.resume and is_kept(self.out, marked, counted)):
                keep_results(self.out, marked, counted, self.shown)
        self.finished.add(row.student)
        return counted

    def counted(self, row, found, marked):
        """The Result that counts, by the course's rules and by an earlier marking that stands."""
        settled = partial(self.settlement.counted, row, found) if self.settlement else itemgetter(0)
        return self.only_up.better(row.student, marked, settled) if self.only_up else settled(marked)

    def keep_faults(self, student, marked):
        """The results, with a note where their faults are written."""
        path = faults_path(self.out, student)
        failed = [fault for result in marked for fault in result.faults]
        if not failed:
            faults.forget_faults(path)
            return marked
        faults.write_faults(failed, student, path)
        place = path.relative_to(self.out).as_posix()
        note = self.room.words.say("notes", "fault_kept", place=place)
        return [result.noting(note) if result.faults else result for result in marked]


def as_of(student, result):
    """The result under the name of one who shares the submission."""
    return result if result.student == student else replace(result, student=student)


def wanted_files(room):
    """The file names that the assignment knows."""
    return {*room.modules, *room.optional.get("files", ())}


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


def prepare(out):
    """The output folder with its subfolders, without what an interrupted run left half written.

    Raises UnusableOutput.
    """
    out = Path(out)
    with usable(out):
        for folder in (out / "results", out / "feedback"):
            folder.mkdir(parents=True, exist_ok=True)
        for folder in (out, *(out / name for name in ("results", "feedback", "marked", "faults"))):
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
