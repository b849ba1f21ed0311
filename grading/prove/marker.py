"""The marker under trial: many small submissions at a time, each marked as `grade` marks one."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

from grading.mark.files import Submission
from grading.mark.marking import TIME_LIMIT, mark_submission
from grading.prove.claim import BROKEN, STUDENT, Outcome
from grading.sandbox.worker import Zygote, ZygoteFault, ZygotePool


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

    def mark(self, files, learns=False, time_limit=TIME_LIMIT):
        """The Result of a submission: file name -> bytes.  Raises ZygoteFault."""
        room = self.room if learns else self.untrained
        return mark_submission(room, Submission(STUDENT, files), self.pool.get(), time_limit)

    def try_all(self, trials, learns=False, time_limit=TIME_LIMIT, longest=float("inf")):
        """The Outcome of each trial, in order, as soon as it is there.

        longest   seconds after which a submission that was marked is one on which the marker hung
        """

        def outcome(trial):
            started = time.monotonic()
            try:
                result = self.mark(trial.files, learns, time_limit)
            except ZygoteFault as reason:  # the trials after it are tried all the same
                return Outcome(trial.name, BROKEN, f"nothing could be run: {reason}")
            took = time.monotonic() - started
            if took > longest:
                return Outcome(trial.name, BROKEN, f"it took {took:.0f} seconds")
            return Outcome(trial.name, *trial.judge(result))

        yield from self.executor.map(outcome, trials)
