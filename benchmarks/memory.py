"""Memory while a class is marked: of the trusted side, of the zygotes, and of a child by itself.

The class is blank skeletons for 10, 100 and 1000 submissions, whose marking is cheap; then right ones, whose models are
trained, for the memory of a child that works.  Sampled, so a peak that is shorter than the pause may be missed.
"""

import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil
from rich.table import Table
from tqdm import tqdm

from benchmarks import ours
from benchmarks.students import RIGHT, make_class, write_class

TITLE = "memory, highest of all samples"
JOBS = 2
PAUSE = 0.1  # seconds between samples
MIB = 2**20


class OnlyOnLinux(RuntimeError):
    """This system does not tell what is to be measured: one sentence."""


@dataclass
class Peaks:
    """The highest seen, in bytes.  Resident memory counts shared pages in full, proportional memory by their share."""

    submissions: int
    what: str
    seconds: float = 0.0
    trusted_resident: int = 0
    trusted_proportional: int = 0
    zygote_resident: int = 0
    zygote_proportional: int = 0
    child_own: int = 0
    samples: int = 0

    def raise_to(self, held):
        """Take in one sample.  held: kind -> Memory of each process of that kind.  Trusted processes are summed."""
        self.trusted_resident = max(self.trusted_resident, sum(memory.rss for memory in held["trusted"]))
        self.trusted_proportional = max(self.trusted_proportional, sum(memory.pss for memory in held["trusted"]))
        self.zygote_resident = max([self.zygote_resident, *(memory.rss for memory in held["zygote"])])
        self.zygote_proportional = max([self.zygote_proportional, *(memory.pss for memory in held["zygote"])])
        self.child_own = max([self.child_own, *(memory.uss for memory in held["child"])])
        self.samples += 1


def measure(quick=False):
    """Peaks of each class, as dictionaries.  Raises MarkerFault, OnlyOnLinux."""
    if sys.platform != "linux":
        raise OnlyOnLinux("memory is measured on Linux only, where /proc tells it; name the other subjects instead.")
    sizes = (10, 30) if quick else (10, 100, 1000)
    plan = [(size, "blank", ("untouched",), False) for size in sizes] + [(8, "right, trained", RIGHT, True)]
    found = []
    for size, what, mix, training in (bar := tqdm(plan, desc="memory", unit="class", disable=None)):
        bar.set_postfix_str(f"{size} submissions, {what}")
        with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
            found.append(asdict(watch(Path(folder), make_class(size, mix), what, training)))
    return found


def watch(folder, students, what, training):
    """Mark a class in a process of its own and look at it until it ends: its Peaks."""
    write_class(students, folder / "submitted")
    peaks = Peaks(len(students), what)
    started = time.monotonic()
    process = ours.start(folder / "submitted", folder / "marked", JOBS, training)
    root, kinds = psutil.Process(process.pid), Kinds()
    while process.poll() is None:
        take_sample(root, peaks, kinds)
        time.sleep(PAUSE)
    peaks.seconds = time.monotonic() - started
    ours.wait_for(process)
    return peaks


def take_sample(root, peaks, kinds):
    """Raise `peaks` to what the processes under `root` hold now."""
    try:
        processes = [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return
    held = {kind: [] for kind in ("trusted", "zygote", "child")}
    for process in sorted(processes, key=lambda process: process.create_time()):  # a parent before its children
        kind = kinds.kind_of(process)
        if kind in held:
            held[kind].append(memory_of(process))
    peaks.raise_to(held)


class Kinds:
    """What each process of a marking is: "trusted", "zygote", "child", or "" for what is on its way to be a zygote.

    A zygote is the first in its line to have torch; all that it starts are children.
    """

    def __init__(self):
        self.known = {}  # process id -> zygote or child: once that, it stays that

    def kind_of(self, process):
        """The kind of one process, whose parent must have been asked about before."""
        try:
            found = self.known.get(process.pid) or self.find_out(process.pid, process.ppid(), process.cmdline())
        except (psutil.NoSuchProcess, psutil.AccessDenied, OSError):
            return ""
        if found in {"zygote", "child"}:
            self.known[process.pid] = found
        return found

    def find_out(self, pid, parent, words):
        if parent in self.known:
            return "child"
        if not any(word.endswith("zygote.py") for word in words):
            return "trusted"
        return "zygote" if "libtorch" in Path(f"/proc/{pid}/maps").read_text(errors="replace") else ""


@dataclass(frozen=True)
class Memory:
    """Bytes of one process: resident, proportional, and its own alone."""

    rss: int = 0
    pss: int = 0
    uss: int = 0


def memory_of(process):
    """The Memory of a process; zeros for one that has ended, or that may not be looked at."""
    try:
        told = process.memory_full_info()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return Memory()
    return Memory(told.rss, told.pss, told.uss)


def table(found):
    """Peaks in MiB, a row for each class."""
    shown = Table(title=f"{TITLE}, MiB")
    for heading in ("class", "s", "trusted resident", "proportional", "zygote resident", "proportional", "child's own"):
        shown.add_column(heading, justify="right")
    for row in found:
        kinds = ("trusted_resident", "trusted_proportional", "zygote_resident", "zygote_proportional", "child_own")
        amounts = [f"{row[kind] / MIB:.0f}" if row[kind] else "not told" for kind in kinds]
        shown.add_row(f"{row['submissions']} {row['what']}", f"{row['seconds']:.0f}", *amounts)
    return shown
