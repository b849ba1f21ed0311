"""How long the marker is waited for: where it hangs, a trial is broken by name, and the proof goes on and ends."""

import threading
from concurrent.futures import Future, wait

from grading.sandbox.deadline import BACKSTOP
from grading.sandbox.worker import TIMEOUTS_ENDURED

READINGS = 2  # of a file: by the process that runs it, and by the one that only reads it
TRIAL = "trial"  # the name of a thread that may be left behind


class Hung(RuntimeError):
    """What was tried did not come back: one sentence."""


def longest(time_limit, files=1):
    """Seconds after which the marker hangs, on one submission of so many files.

    That is how long it takes where each process runs into the limit of a question as often as that is endured, on a
    machine so busy that each question is waited for as long as one ever is.
    """
    return files * READINGS * TIMEOUTS_ENDURED * BACKSTOP * time_limit


def within(seconds, work, *given):
    """What `work(*given)` returns or raises.  Raises Hung where it has not come back after so many seconds.

    A thread can't be ended: it is left behind, and keeps no process from its end.
    """
    future = Future()

    def run():
        try:
            future.set_result(work(*given))
        except BaseException as reason:  # whatever it is, it is raised where it was asked for
            future.set_exception(reason)

    threading.Thread(target=run, name=TRIAL, daemon=True).start()
    if not wait([future], seconds).done:
        raise Hung(f"the marker hung: it did not come back within {seconds:.0f} seconds")
    return future.result()


def is_left_behind():
    """Whether a thread is still at what was given up; what it has started may keep this process from its end."""
    return any(thread.name == TRIAL for thread in threading.enumerate())
