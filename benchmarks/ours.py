"""Our marker as the benchmarks run it: a process of its own, from its start to its last page.

    python -m benchmarks.ours PATH OUT JOBS [without-training]

`grade` of the command line does the same; it has no way to leave the short training out, as a comparison without it
needs.  The engine is as it is: a room whose rubric lacks the `*.learns` items is marked without them.
"""

import subprocess
import sys
from pathlib import Path

from benchmarks.students import write_class
from grading.mark.grade import grade
from grading.mark.result import Result
from grading.room import REPOSITORY, open_room

WITHOUT_TRAINING = "without-training"


def open_room_for(with_training):
    room = open_room()
    return room if with_training else room.without(".learns")


def start(path, out, jobs=1, with_training=True):
    """The process that marks `path` into `out`; started, not waited for."""
    words = [sys.executable, "-m", "benchmarks.ours", path, out, jobs, *([] if with_training else [WITHOUT_TRAINING])]
    return subprocess.Popen([str(word) for word in words], cwd=REPOSITORY, stderr=subprocess.PIPE, text=True)


class MarkerFault(RuntimeError):
    """Our own marker ended with an error: its last words."""


def wait_for(process):
    """Wait for a process of `start`.  Raises MarkerFault."""
    _, said = process.communicate()
    if process.returncode:
        raise MarkerFault(f"our marker ended with {process.returncode}; its last words: {said.strip()[-300:]}")


class Ours:
    """The marker of this repository, on a class of its own."""

    name = "this marker"

    def __init__(self, folder, students, with_training, jobs):
        self.folder, self.students = Path(folder), list(students)
        self.with_training, self.jobs, self.runs = with_training, jobs, 0
        write_class(students, self.folder / "submitted")

    def reset(self):
        """A new output folder, so that no result is there."""
        self.runs += 1

    @property
    def out(self):
        return self.folder / f"marked-{self.runs}"

    def mark(self):
        wait_for(start(self.folder / "submitted", self.out, self.jobs, self.with_training))

    def result_files(self):
        return [self.out / "results" / f"{name}.json" for name in self.students]

    def scores(self):
        results = [Result.from_json(path.read_text(encoding="utf-8")) for path in self.result_files()]
        return {result.student: result.score for result in results}


if __name__ == "__main__":
    submissions, marked, jobs, *options = sys.argv[1:]
    grade(open_room_for(WITHOUT_TRAINING not in options), submissions, marked, jobs=int(jobs), progress=False)
