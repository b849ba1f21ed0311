"""Submissions a minute: this marker against `nbgrader autograde` and `otter run`, on the same class, in the same run.

Each marker is started afresh for each round by its own command, with and without the short training (`*.learns`); the
rounds are interleaved, so that whatever else the machine does meets all of them.  A rate is of submissions after the
first result, so that nobody's start weighs more in a small class; otter has a start in every submission.
"""

import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from rich.table import Table
from tqdm import tqdm

from benchmarks import peers
from benchmarks.ours import Ours
from benchmarks.students import CASES, MODULES, is_right, make_class

TITLE = "submissions a minute"
JOBS = 2


@dataclass(frozen=True)
class Plan:
    """How much is measured: rounds, and the students of each class; the peers mark the first of ours."""

    rounds: int = 3
    ours: int = 60
    ours_trained: int = 16
    peers: int = 4
    peers_trained: int = 3


QUICK = Plan(rounds=1, ours=12, ours_trained=4, peers=2, peers_trained=2)


class WrongMarks(RuntimeError):
    """A right submission did not get full marks from a marker: then its time says nothing."""


@dataclass(frozen=True)
class Run:
    """One marker, once over its class.  finished: seconds from its start to each result, in order."""

    marker: str
    with_training: bool
    at_a_time: int
    round: int
    seconds: float
    finished: list

    @property
    def rate(self):
        """Results a minute after the first of each that work side by side."""
        first = self.finished[self.at_a_time - 1]
        return 60 * (len(self.finished) - self.at_a_time) / (self.finished[-1] - first)


class SideBySide:
    """Several of one kind of marker at the same time, each with a share of the class."""

    def __init__(self, kind, folder, students, solution, with_training, count=JOBS):
        self.name, self.at_a_time = kind.name, count
        shares = [dict(list(students.items())[place::count]) for place in range(count)]
        self.markers = [
            kind(Path(folder) / str(place), share, solution, with_training) for place, share in enumerate(shares)
        ]

    def reset(self):
        for marker in self.markers:
            marker.reset()

    def mark(self):
        with ThreadPoolExecutor(len(self.markers)) as executor:
            for marked in [executor.submit(marker.mark) for marker in self.markers]:
                marked.result()

    def result_files(self):
        return [path for marker in self.markers for path in marker.result_files()]

    def scores(self):
        return {name: score for marker in self.markers for name, score in marker.scores().items()}


def measure(quick=False):
    """Every Run of the plan, as dictionaries.  Raises PeerFault, MarkerFault, WrongMarks."""
    plan = QUICK if quick else Plan()
    peers.install()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        markers = [marker for training in (False, True) for marker in make_markers(Path(folder), plan, training)]
        order = [(number, *marker) for number in range(plan.rounds) for marker in markers[:: -1 if number % 2 else 1]]
        runs = []
        for number, training, at_a_time, marker in (bar := tqdm(order, desc="marking", unit="run", disable=None)):
            bar.set_postfix_str(marker.name)
            runs.append(timed(marker, training, at_a_time, number))
            if number == 0:
                check_marks(marker)
    return [asdict(run) for run in runs]


def make_markers(folder, plan, training):
    """(with training, how many at a time, marker) for all that are compared."""
    solution = {file: (CASES / "all-right" / file).read_text(encoding="utf-8") for file in MODULES}
    students = make_class(plan.ours_trained if training else plan.ours)
    few = dict(list(students.items())[: plan.peers_trained if training else plan.peers])
    folder = folder / ("trained" if training else "plain")
    yield training, JOBS, Ours(folder / "ours-2", students, training, JOBS)
    yield training, 1, Ours(folder / "ours-1", students, training, 1)
    for kind in (peers.Nbgrader, peers.Otter):
        yield training, 1, kind(folder / kind.__name__, few, solution, training)
        if not training and len(few) >= 2 * JOBS:
            yield training, JOBS, SideBySide(kind, folder / f"{kind.__name__}-2", few, solution, training)
    yield training, JOBS, Ours(folder / "ours-few", few, training, JOBS)


def timed(marker, training, at_a_time, number):
    """One Run."""
    marker.reset()
    started = time.time()  # the clock of the files' times
    marker.mark()
    seconds = time.time() - started
    finished = sorted(path.stat().st_mtime - started for path in marker.result_files())
    return Run(marker.name, training, at_a_time, number, seconds, finished)


def check_marks(marker):
    """Right submissions have the highest score of the class, and not all have it.  Raises WrongMarks."""
    scores = marker.scores()
    best = max(scores.values())
    wrong = [name for name, score in scores.items() if is_right(name) != (score == best > 0)]
    if wrong:
        raise WrongMarks(f"{marker.name} gave {wrong[0]} {scores[wrong[0]]:g} of {best:g}; look at what it was asked.")


def table(runs):
    """Medians over the rounds, and how many times this marker's rate each other's is."""
    shown = Table(title=f"{TITLE}, medians of {1 + max(run['round'] for run in runs)} rounds")
    for heading in ("marker", "short training", "at a time", "class", "first result, s", "whole class, s"):
        shown.add_column(heading, justify="left" if heading in {"marker", "short training"} else "right")
    shown.add_column("a minute", justify="right")
    shown.add_column("this marker is", justify="right")
    for rows in grouped([Run(**run) for run in runs]).values():
        shown.add_row(*rows)
    return shown


def grouped(runs):
    """(marker, training, at a time, class) -> the cells of its row, in the order of the first round."""
    by_marker = {}
    for run in runs:
        by_marker.setdefault((run.marker, run.with_training, run.at_a_time, len(run.finished)), []).append(run)
    rates = {key: median(run.rate for run in same) for key, same in by_marker.items()}
    return {key: cells(key, same, rates) for key, same in by_marker.items()}


def cells(key, same, rates):
    """One row: a marker's medians, and our rate at full width as a multiple of its own."""
    marker, training, at_a_time, size = key
    ours = next(rates[other] for other in rates if other[:3] == (Ours.name, training, JOBS))
    return (
        marker,
        "with" if training else "without",
        str(at_a_time),
        str(size),
        f"{median(run.finished[0] for run in same):.1f}",
        f"{median(run.seconds for run in same):.1f}",
        f"{rates[key]:.1f}",
        "" if marker == Ours.name else f"{ours / rates[key]:.1f} times as fast",
    )
