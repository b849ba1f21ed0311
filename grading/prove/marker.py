"""The marker under trial: many small submissions at a time, each marked as `grade` marks one."""

import os
from concurrent.futures import ThreadPoolExecutor

from grading.mark.files import Submission
from grading.mark.marking import TIME_LIMIT, mark_submission
from grading.prove.claim import BROKEN, STUDENT, Outcome
from grading.prove.patience import Hung, longest, within
from grading.sandbox.worker import Zygote, ZygoteFault
from grading.sandbox.zygote_pool import ZygotePool


class Marker:
    """Marks trials with `jobs` zygotes (default: one for each core).  Used in a `with`.

    room    the assignment; trials that need no training are marked by its rubric without `*.learns`
    walls   who puts up the walls around student code: "kernel" or "bubblewrap" (default: as `grade` has them)
    """

    def __init__(self, room, jobs=None, walls=None):
        self.room, self.untrained, self.walls = room, room.without(".learns"), walls
        self.jobs = jobs or os.cpu_count() or 1

    def __enter__(self):
        self.pool, self.executor = ZygotePool(self.walls), ThreadPoolExecutor(self.jobs)
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
            self.bared[key] = Zygote(sorted(key), self.walls)
        return self.bared[key]

    def mark(self, files, learns=False, time_limit=TIME_LIMIT):
        """The Result of a submission: file name -> bytes.  Raises ZygoteFault, Hung."""
        room, submission = self.room if learns else self.untrained, Submission(STUDENT, files)
        patience = longest(time_limit, len(files))
        return self.waited_for(patience, mark_submission, room, submission, self.pool.get(), time_limit)

    def waited_for(self, seconds, work, *given):
        """What `work(*given)` returns, in which this thread's zygote is used.  Raises Hung, and what `work` raises."""
        try:
            return within(seconds, work, *given)
        except Hung:
            self.pool.give_up()  # whoever waits for one of its children waits no more
            raise

    def try_all(self, trials, learns=False, time_limit=TIME_LIMIT):
        """The Outcome of each trial, in order, as soon as it is there."""

        def judged(trial):
            return trial.judge(self.mark(trial.files, learns, time_limit))

        yield from self.outcomes(trials, judged, lambda trial: trial.name)

    def outcomes(self, trials, judged, name=str):
        """The Outcome of each trial, in order; after one from which nothing comes back, the others are tried.

        judged   trial -> (kind, why); called in several threads
        """

        def outcome(trial):
            try:
                return Outcome(name(trial), *judged(trial))
            except Hung as reason:
                return Outcome(name(trial), BROKEN, str(reason))
            except ZygoteFault as reason:
                return Outcome(name(trial), BROKEN, f"nothing could be run: {reason}")

        yield from self.executor.map(outcome, trials)
