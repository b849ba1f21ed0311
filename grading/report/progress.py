"""How far a batch is: a bar with the time left on a terminal, a plain line now and then elsewhere."""

import sys
import time

from tqdm import tqdm

SECONDS_BETWEEN_LINES = 15


class Progress:
    """Counts to `total` on `stream`; `shown=False` says nothing.

    clock   gives seconds
    task, unit   the words of the bar: what is done, and to what
    sentence     a line in the bar's place, from `done`, `total` and the time `left`; default: made of `unit` and `did`
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
        sentence=None,
    ):
        self.total, self.shown, self.clock = total, shown, clock
        self.sentence = sentence or f"{{done}} of {{total}} {unit}s {did}, about {{left}} left".format
        self.stream = stream or sys.stderr
        self.done, self.start = 0, clock()
        self.last_line = self.start
        on_terminal = shown and self.stream.isatty()
        self.bar = tqdm(total=total, unit=f" {unit}", desc=task, file=self.stream) if on_terminal else None

    def advance(self, by=1):
        self.done += by
        if self.bar is not None:
            self.bar.update(by)
        elif self.shown and self.clock() - self.last_line >= SECONDS_BETWEEN_LINES:
            self.last_line = self.clock()
            self.say(self.line())

    def say(self, line):
        """A line of its own, above the bar where there is one."""
        if self.bar is not None:
            self.bar.write(line, file=self.stream)
        elif self.shown:
            print(line, file=self.stream, flush=True)

    def line(self):
        left = (self.clock() - self.start) / self.done * (self.total - self.done)
        return self.sentence(done=self.done, total=self.total, left=tqdm.format_interval(left))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.bar is not None:
            self.bar.close()
