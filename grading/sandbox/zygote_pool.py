"""One zygote for each thread that marks."""

import threading

from grading.sandbox.worker import Zygote


class ZygotePool:
    """One zygote for each thread that marks, closed together.

    walls   who puts up the outer walls: see `launch.start`
    """

    def __init__(self, walls=None):
        self.walls = walls
        self.local = threading.local()
        self.zygotes = []

    def get(self):
        """This thread's zygote.  Raises ZygoteFault."""
        if not hasattr(self.local, "zygote"):
            self.local.zygote = Zygote(walls=self.walls)
            self.zygotes.append(self.local.zygote)
        return self.local.zygote

    def give_up(self):
        """End this thread's zygote, and whoever else waits for its children; `get` starts another."""
        zygote = self.local.zygote
        del self.local.zygote
        self.zygotes.remove(zygote)
        end(zygote)

    def close(self):
        for zygote in self.zygotes:
            end(zygote)


def end(zygote):
    """Close a zygote for good: none takes its place."""
    zygote.retired = True
    zygote.close()
