"""The results on a terminal: a row each, as soon as it is finished, and at the end where to look."""

import os
import sys

from rich.cells import cell_len, chop_cells, set_cell_size
from tqdm import tqdm

from grading.courses.comparison import COMPARISON
from grading.mark.result import plain

NAME_WIDTH, SCORE_WIDTH, STATUS_WIDTH = 28, 6, 12  # cells of a terminal
LOST_SHOWN = 4  # items that one row names


class Printer:
    """The results on stdout, each as soon as it is on disk: a line of JSON, or a row; at the end, where to look."""

    def __init__(self, words, as_json):
        self.words, self.as_json, self.rows = words, as_json, None

    def tell(self, result):
        if self.as_json:
            self.say(" ".join(result.to_json().split("\n")).strip())
            return
        if self.rows is None:
            self.rows = Rows(self.words)
            self.say(self.rows.heading())
        self.say(self.rows.row(result))

    def end(self, marked):
        if self.as_json:
            return
        out, words = marked.out, self.words
        self.say(words.say("terminal", "grades", grades=out / "grades.csv"))
        self.say(words.say("terminal", "class", report=out / "report.html"))
        self.say(words.say("terminal", "feedback", pages=out / "feedback", results=out / "results"))

    def changes(self, changes, out):
        """Who changed since an earlier marking, a line each."""
        words = self.words
        self.say(words.say("comparison", "changed", count=len(changes), file=out / COMPARISON))
        for change in changes:
            student, before, now, difference, *_, why = change.row(words)
            place = {"student": student, "before": before or "-", "now": now or "-", "change": difference or "-"}
            self.say(plain(words.say("comparison", "row", why=why, **place)))

    def say(self, line):
        """A line above the bar of progress; nothing more once nobody reads it (`| head`): the marking goes on."""
        try:
            tqdm.write(line, file=sys.stdout)
            sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Rows:
    """Rows for a terminal, one by one as submissions are finished: student, score, status, and what was lost.

    words   the room's, for the headings and what becomes of a submission
    """

    def __init__(self, words):
        self.words = words

    def heading(self):
        student, score, status, lost = (
            self.words.say("terminal", key) for key in ("student", "score", "status", "lost")
        )
        return self.line(student, score, status, lost)

    def row(self, result):
        """One line; all in it is printable, so that no student's words can steer a terminal."""
        name = (
            result.student if cell_len(result.student) <= NAME_WIDTH else f"{chop_to(result.student, NAME_WIDTH - 1)}…"
        )
        status = self.words.say("terminal", result.status)
        return self.line(name, f"{result.score:g}", status, plain(self.lost_in(result)))

    def line(self, name, score, status, lost):
        """The four columns, each as wide as a terminal shows it."""
        score = " " * (SCORE_WIDTH - cell_len(score)) + score
        columns = set_cell_size(name, NAME_WIDTH), score, set_cell_size(status, STATUS_WIDTH), lost
        return "  ".join(columns).rstrip()

    def lost_in(self, result):
        """What a result lost, in a few words; of one that was rejected, the reason."""
        if result.status == "rejected":
            return " ".join(result.notes)
        lost = [told(item) for item in result.items if item.status != "passed" and item.max_points]
        more = self.words.say("terminal", "more", count=len(lost) - LOST_SHOWN) if len(lost) > LOST_SHOWN else ""
        return ", ".join(lost[:LOST_SHOWN]) + more


def chop_to(text, cells):
    return next(iter(chop_cells(text, cells)), "")


def told(item):
    return f"{item.id} ({item.misconception})" if item.misconception else item.id
