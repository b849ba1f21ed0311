"""The marker under trial: many small submissions at a time, each marked as `grade` marks one."""

import os
from concurrent.futures import ThreadPoolExecutor

from grading.mark.files import Submission
from grading.mark.marking import mark_submission
from grading.prove.claim import Outcome
from grading.sandbox.worker import Zygote, ZygotePool

STUDENT = "student"


class Marker:
    """Marks trials with `jobs` zygotes (default: one for each core).  Used in a `with`.

    room   the assignment; trials that need no training are marked by its rubric without `*.learns`
    """

    def __init__(self, room, jobs=None):
        self.room, self.untrained = room, room.without(".learns")
        self.jobs = jobs or os.cpu_count() or 1

    def __enter__(self):
        self.pool, self.executor = ZygotePool(), ThreadPoolExecutor(self.jobs)
        self.bared = {}
        return self

    def __exit__(self, *_):
        self.executor.shutdown(cancel_futures=True)
        self.pool.close()
        for zygote in self.bared.values():
            zygote.close()

    def bare(self, without):
        """A zygote without some layers, for one thread.  Raises ZygoteFault."""
        key = frozenset(without)
        if key not in self.bared:
            self.bared[key] = Zygote(without=sorted(key))
        return self.bared[key]

    def mark(self, files, learns=False):
        """The Result of a submission: file name -> bytes.  Raises ZygoteFault."""
        room = self.room if learns else self.untrained
        return mark_submission(room, Submission(STUDENT, files), self.pool.get())

    def try_all(self, trials, learns=False):
        """The Outcome of each trial, in order, as soon as it is there."""

        def outcome(trial):
            return Outcome(trial.name, *trial.judge(self.mark(trial.files, learns)))

        yield from self.executor.map(outcome, trials)
