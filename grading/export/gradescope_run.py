"""What Gradescope's run_autograder starts: mark the one submission, results.json whole at every moment.

    python -m grading.export.gradescope_run /autograder
    python -m grading.export.gradescope_run --check      say what this machine gives, and whether marking can start

It is written before anything of the student's is read, and again after each item, so that a kill loses no mark.
"""

import json
import signal
import sys
import time
from pathlib import Path

from grading.export.gradescope_results import results_of, text_of
from grading.mark.files import Found, read_submission, wanted_files
from grading.mark.marking import TIME_LIMIT, our_fault
from grading.mark.result import ItemResult, Result
from grading.mark.stamp import submission_digest
from grading.mark.student_names import student_name
from grading.mark.verdict import Speaker
from grading.mark.where import LocalMarker
from grading.room import REPOSITORY, open_room
from grading.sandbox.launch import try_layers
from grading.sandbox.layers import LAYERS
from grading.sandbox.worker import Zygote, ZygoteFault
from grading.whole_files import write_whole

SETTINGS = REPOSITORY / "marker.json"
RESERVE = 60  # seconds before Gradescope's timeout, which scores 0: what is not reached by then goes to a person
METADATA_LIMIT = 1 << 24  # bytes; it holds all earlier results of the student


class OutOfTime(BaseException):
    """The time for this submission is used up.  No Exception: a check must not take it for its own trouble."""


class Results:
    """results.json of one submission, rewritten whole as items are reached."""

    def __init__(self, room, settings, student, path):
        self.room, self.settings, self.student, self.path = room, settings, student, path
        self.started = time.monotonic()
        self.items = {}  # of the last attempt

    def tell(self, item):
        """Keep one ItemResult, and write what is known so far."""
        self.items[item.id] = item
        self.write(self.so_far(), finished=False)

    def so_far(self):
        rows = [self.items[item_id] for item_id in self.room.items if item_id in self.items]
        score = round(sum(row.points for row in rows), 2)
        return Result(self.student, "needs_review", score, float(self.room.max_score), rows)

    def out_of_time(self):
        """The Result where time ran out: what was not reached is open, and a person marks it."""
        words = self.room.words
        for item in self.room.items.values():
            verdict = Speaker(words, item).review(words.say("saw", "out_of_time"), "out_of_time")
            self.items.setdefault(item.id, ItemResult.of(item, verdict))
        return self.so_far()

    def write(self, result, finished=True):
        table = results_of(result, self.room, self.settings, time.monotonic() - self.started, finished)
        write_whole(self.path, text_of(table))


def run(root):
    """Mark `root`/submission into `root`/results/results.json."""
    settings = json.loads(SETTINGS.read_text(encoding="utf-8"))
    room = open_room(settings["assignment"], settings["language"])
    student = student_of(root / "submission_metadata.json")
    results = Results(room, settings, student, root / "results" / "results.json")
    results.write(results.so_far(), finished=False)
    print(layers_here())
    marker = LocalMarker(room, TIME_LIMIT)
    signal.signal(signal.SIGALRM, stop)
    signal.alarm(settings["timeout"] - RESERVE)
    try:
        submission = read_submission(Found(student, root / "submission"), wanted_files(room))
        grader = settings["stamp"] | {"marked": submission_digest(submission)}
        result = marker.mark(submission, results.tell).stamped(grader)
    except OutOfTime:
        result = results.out_of_time().stamped(settings["stamp"])
    except Exception as reason:  # also where no process for student code can be had: a person marks it
        result = our_fault(room, student, reason).stamped(settings["stamp"])
    finally:
        signal.alarm(0)
        marker.close()
    results.write(result)
    print(f"{result.student}: {result.score:g} of {result.max_score:g}, {result.status}")


def stop(*_):
    raise OutOfTime


def student_of(path):
    """The names of those who handed in, as the service tells them; "submission" where it does not."""
    try:
        with path.open("rb") as file:
            users = json.loads(file.read(METADATA_LIMIT))["users"]
        names = [str(user.get("name") or user.get("email") or user["id"]) for user in users]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        names = []
    return student_name(", ".join(names) or "submission")


def layers_here():
    """One line on the walls around student code, for the instructor."""
    _, missing = try_layers()
    absent = f"; not here: {', '.join(missing)}" if missing else ""
    return f"student code: {len(LAYERS) - len(missing)} of {len(LAYERS)} layers of the sandbox stand{absent}"


def check():
    """Say what this machine gives; raises where marking can't start on it."""
    print(f"Python {sys.version.split()[0]}; {layers_here()}")
    try:
        Zygote().close()
    except ZygoteFault as reason:
        sys.exit(f"Error: {reason}")
    print("The marker starts.")


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        check()
    else:
        run(Path(sys.argv[1]))
