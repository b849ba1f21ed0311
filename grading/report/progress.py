"""How far a batch is: a bar with the time left on a terminal, a plain line now and then elsewhere."""

import sys
import time

from tqdm import tqdm

SECONDS_BETWEEN_LINES = 15


class Progress:
    """Counts to `total` on `stream`; `shown=False` says nothing.

    clock   gives seconds
    task, unit, did   the words: what is done, to what, and what each has been
    """

    def __init__(
        self,
        total,
        shown=True,
        stream=None,
        clock=time.monotonic,
        task="marking",
        unit="submission",
        did="marked",
    ):
        self.total, self.shown, self.clock = total, shown, clock
        self.unit, self.did = unit, did
        self.stream = stream or sys.stderr
        self.done, self.start = 0, clock()
        self.last_line = self.start
        on_terminal = shown and self.stream.isatty()
        self.bar = tqdm(total=total, unit=f" {unit}", desc=task, file=self.stream) if on_terminal else None

    def advance(self):
        self.done += 1
        if self.bar is not None:
            self.bar.update()
        elif self.shown and self.clock() - self.last_line >= SECONDS_BETWEEN_LINES:
            self.last_line = self.clock()
            print(self.line(), file=self.stream, flush=True)

    def line(self):
        left = (self.clock() - self.start) / self.done * (self.total - self.done)
        return f"{self.done} of {self.total} {self.unit}s {self.did}, about {tqdm.format_interval(left)} left"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.bar is not None:
            self.bar.close()
