"""Where a submission is marked: in this process, or by the workers of a cluster, which have this repository too."""

import pickle
from concurrent.futures import CancelledError
from functools import lru_cache
from threading import Lock

from grading.mark.marking import mark_submission, our_fault
from grading.mark.stamp import stamp
from grading.sandbox.worker import ZygoteFault
from grading.sandbox.zygote_pool import ZygotePool


class UnusableCluster(ValueError):
    """A cluster can't be used, or not any more: one sentence."""


class LocalMarker:
    """Marks in this process: each thread that asks has a zygote of its own.

    can_run   whether student code has been run at all
    """

    def __init__(self, room, time_limit):
        self.room, self.time_limit = room, time_limit
        self.pool = ZygotePool()
        self.can_run = False

    def mark(self, submission, told=None):
        """The Result of one submission; where the process that runs it fails twice, a person has to mark it.

        `told` is called with each ItemResult as it is reached; anew from the first one, at a second attempt.

        Raises ZygoteFault where no student code could be run so far: then the machine is at fault.
        """
        for is_last in (False, True):
            try:
                zygote = None if submission.rejected else self.pool.get()
                result = mark_submission(self.room, submission, zygote, self.time_limit, told)
                self.can_run = self.can_run or not submission.rejected
                return result
            except ZygoteFault as reason:
                if is_last and not self.can_run:
                    raise
                fault = reason
        return our_fault(self.room, submission.student, fault)

    def close(self):
        self.pool.close()


class ClusterMarker:
    """Marks on a cluster, for as many threads as wait for it.

    job       what a worker has to know of the class: see `job_of`
    cluster   a `grading.cluster.Cluster`
    """

    def __init__(self, job, cluster):
        self.job, self.cluster = job, cluster
        self.lock, self.under_way, self.closed = Lock(), set(), False

    def mark(self, submission):
        """The Result of one submission.  Raises UnusableCluster; CancelledError once this is closed."""
        with self.lock:
            if self.closed:
                raise CancelledError
            future = self.cluster.submit(mark_on_worker, self.job, submission)
            self.under_way.add(future)
        try:
            return future.result()
        except CancelledError:
            if self.closed:
                raise
            raise UnusableCluster(f"the cluster at {self.cluster.address} is gone; start it again") from None
        finally:
            self.under_way.discard(future)

    def close(self):
        """Give up what is under way."""
        with self.lock:
            self.closed = True
        for future in [*self.under_way]:
            future.cancel()


def job_of(room, time_limit):
    """What `mark_on_worker` is told of a class: its room, and the stamp that the worker's marker must have too."""
    return pickle.dumps((room, time_limit, stamp(room, time_limit)))


def mark_on_worker(job, submission):
    """Run by a worker: the Result of one submission.  Raises UnusableCluster where the marker is another one."""
    return marker_of_worker(job).mark(submission)


@lru_cache(maxsize=2)  # a worker marks one class, and then perhaps the next
def marker_of_worker(job):
    """The worker's own LocalMarker, once it is seen to be the marker that was asked for.  Raises UnusableCluster."""
    room, time_limit, asked = pickle.loads(job)  # from whoever may run anything on this worker anyway
    found = stamp(room, time_limit)
    differing = [name for name in {**asked, **found} if found.get(name) != asked.get(name)]
    if differing:
        told = ", ".join(f"{name} {found.get(name)} in place of {asked.get(name)}" for name in differing)
        raise UnusableCluster(f"a worker has another marker ({told}); give it the same checkout and .venv")
    return LocalMarker(room, time_limit)
