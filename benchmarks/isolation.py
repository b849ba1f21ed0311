"""What isolation adds to a child: from the request for one to its first answer, as marking does it and as a bare fork.

Both ways share all else: the same trusted side (`Worker`), the same child, the same question.  A further way, such as a
zygote with a layer left out, is one more entry of `WAYS`.

    python -m benchmarks.isolation FORKS      prints milliseconds as JSON; a process of its own, for a clean fork
"""

import gc
import json
import os
import signal
import subprocess
import sys
import time
from statistics import median, quantiles
from typing import NamedTuple

from rich.table import Table

from benchmarks.students import CASES
from grading.room import REPOSITORY
from grading.sandbox import huge_pages
from grading.sandbox.worker import Worker, Zygote

TITLE = "a child, from request to answer"
FILE = "GRU_skeleton.py"
BARE, ISOLATED = "bare fork", "as marking forks"
FORKS = {True: 20, False: 200}  # of each way; True: a quick run


class Forked(NamedTuple):
    """A forked child: its process id, descriptors to write requests to and to read answers from."""

    pid: int
    requests: int
    answers: int

    @property
    def outer_pid(self):
        """None: it has no other process ids than ours."""


class BareFork:
    """fork() of a process that has imported torch, and no layer of isolation; in a Zygote's place."""

    def __init__(self):
        from grading.sandbox import child  # imports torch

        self.child = child
        child.warm_up()
        gc.collect()
        gc.freeze()
        processes = os.open("/proc", os.O_RDONLY)
        huge_pages.gather(processes)
        os.close(processes)

    def fork(self, folder):
        """A new child, Forked; `folder` would be its own if it had one."""
        requests, to_child = os.pipe()
        from_child, answers = os.pipe()
        pid = os.fork()
        if pid == 0:
            self.child.serve(requests, answers)
            os._exit(0)
        os.close(requests)
        os.close(answers)
        return Forked(pid, to_child, from_child)

    def reap(self, child):
        os.kill(child.pid, signal.SIGKILL)
        os.waitpid(child.pid, 0)

    def close(self):
        gc.unfreeze()


WAYS = {BARE: BareFork, ISOLATED: Zygote}


def measure(quick=False):
    """Way -> {"answered": milliseconds, "ended": milliseconds}, of each child.  Measured in a new process."""
    command = [sys.executable, "-m", "benchmarks.isolation", str(FORKS[quick])]
    return json.loads(subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout)


def time_children(forks):
    """Way -> {moment: milliseconds from the request for a child to that moment}, the ways taking turns."""
    content = (CASES / "all-right" / FILE).read_bytes()
    zygotes = {name: way() for name, way in WAYS.items()}
    taken = {name: {"answered": [], "ended": []} for name in zygotes}
    try:
        for _ in range(forks):
            for name, zygote in zygotes.items():
                for moment, seconds in time_child(zygote, content).items():
                    taken[name][moment].append(1000 * seconds)
    finally:
        for zygote in zygotes.values():
            zygote.close()
    return taken


def time_child(zygote, content):
    """Fork a child, let it open a student's file, ask it for the layers of a cell, end it: moment -> seconds."""
    started = time.perf_counter()
    with Worker(zygote, FILE, content, 20.0) as worker:
        worker.ask("describe", **{"class": "GRUCell", "sizes": [4, 6]})
        answered = time.perf_counter() - started
    return {"answered": answered, "ended": time.perf_counter() - started}


def table(taken):
    """Median and spread of each way, and what it adds to the bare fork beside which it was measured."""
    shown = Table(title=f"{TITLE}, ms, {len(taken[BARE]['answered'])} of each, taking turns")
    for heading in ("way", "until it", "median", "10 %", "90 %", "adds"):
        shown.add_column(heading, justify="left" if heading in {"way", "until it"} else "right")
    for name, moments in taken.items():
        for moment, times in moments.items():
            tenths = quantiles(times, n=10)
            adds = median(own - bare for own, bare in zip(times, taken[BARE][moment], strict=True))
            spread = (f"{median(times):.1f}", f"{tenths[0]:.1f}", f"{tenths[-1]:.1f}")
            shown.add_row(name, f"has {moment}", *spread, "" if name == BARE else f"{adds:.1f}")
    return shown


if __name__ == "__main__":
    print(json.dumps(time_children(int(sys.argv[1]))))
