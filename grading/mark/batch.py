"""The submissions of one class, marked side by side: each is read, marked, settled and on disk before it is told."""

from concurrent.futures import FIRST_COMPLETED, CancelledError, ThreadPoolExecutor, wait
from dataclasses import replace
from functools import partial
from itertools import islice
from operator import itemgetter
from threading import Event

from grading.mark.files import read_submission, wanted_files
from grading.mark.kept import earlier_result, faults_path, is_kept, keep_results
from grading.mark.marking import our_fault
from grading.mark.output import UnusableOutput, usable
from grading.mark.stamp import stamp, submission_digest
from grading.mark.where import Here, There, UnusableCluster, job_of
from grading.report import faults
from grading.sandbox.worker import ZygoteFault


class Batch:
    """The marking of one class: what all of its submissions share.

    run        a `grading.mark.grade.Run`
    shown      the room with the points that pages and tables show
    finished   the students whose results are on disk
    """

    def __init__(self, room, out, run):
        self.room, self.out, self.resume = room, out, run.resume
        self.settlement, self.only_up = run.settlement, run.only_up
        self.shown = run.settlement.room if run.settlement else room
        self.wanted, self.stamp = wanted_files(room), stamp(room, run.time_limit)
        self.marker = marker_for(room, run)
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


def marker_for(room, run):
    """Who marks: this process, or the workers of a cluster."""
    return There(job_of(room, run.time_limit), run.cluster) if run.cluster else Here(room, run.time_limit)
