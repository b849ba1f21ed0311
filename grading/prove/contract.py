"""The contract of a result: what must hold of it whatever was handed in, told as the sentences that it breaks."""

import math
import re
import string

from grading.mark.result import TEXT_LIMIT, Result
from grading.sandbox.line_numbers import lines_of

STATUSES = {"graded", "needs_review", "rejected"}
LINES = ("saw", "expected", "cause", "next")
PLACE = re.compile(r"\{(\w*)\}")
OURS = re.compile(
    r"Traceback|StandIn|grading[/.](mark|sandbox|prove|report)|assignment[/.]marking"
)  # what only we would say
SHARES = {
    "passed": (1.0, 1.0),
    "failed": (0.0, 1.0),  # another publication's form keeps some of its points
    "blank": (0.0, 0.0),
    "error": (0.0, 0.0),
    "not_run": (0.0, 0.0),
    "needs_review": (0.0, 0.0),
}


class Contract:
    """What every Result of a room's rubric must be."""

    def __init__(self, room):
        self.items, self.words = room.items, room.words
        self.max_score = float(room.max_score)
        self.misconceptions = set(self.words.tables["misconceptions"])
        self.places = set(places_in(self.words.tables))
        self.said_of_us = {self.words.say("saw", "our_fault"), self.words.say("cause", "our_fault")}

    def breaches(self, result, files):
        """Sentences on what does not hold of a Result; [] where all does.  `files`: what was handed in."""
        return [
            *self.of_whole(result),
            *(f"{row.id}: {breach}" for row in result.items for breach in self.of_row(row, files)),
            *(f"a note {breach}" for note in result.notes for breach in self.of_text(note)),
        ]

    def of_whole(self, result):
        """What does not hold of the result as a whole."""
        if [row.id for row in result.items] != list(self.items):
            yield f"the items are {', '.join(row.id for row in result.items)}"
        in_doubt = [row.id for row in result.items if row.status == "needs_review"]
        scored = any(row.max_points for row in result.items if row.status == "needs_review")
        if result.status not in STATUSES or (
            result.status != "rejected" and scored != (result.status == "needs_review")
        ):
            yield f"the status is {result.status!r}, with {len(in_doubt)} items in doubt"
        if in_doubt and not any(all(item in note for item in in_doubt) for note in result.notes):
            yield "no note names the items in doubt"
        if result.score != round(sum(row.points for row in result.items), 2) or result.max_score != self.max_score:
            yield f"the score {result.score!r} of {result.max_score!r} is not the sum of the points"
        if not 0 <= result.score <= result.score_possible <= result.max_score:
            yield f"the score {result.score!r}, possibly {result.score_possible!r}, is out of range"
        if "fault" in result.grader:
            yield f"our own code failed: {result.grader['fault']}"
        if Result.from_json(result.to_json()) != result:
            yield "the result is another one once it was written and read"

    def of_row(self, row, files):
        """What does not hold of one item's row."""
        least, most = SHARES.get(row.status, (math.nan, math.nan))
        if not least * row.max_points <= row.points <= most * row.max_points:
            yield f"{row.points!r} of {row.max_points!r} points for {row.status!r}"
        if row.points < row.max_points and not all(getattr(row, line) for line in LINES):
            yield f"{row.status}, and not all four lines are filled"
        if row.misconception is not None and (
            row.misconception not in self.misconceptions or row.status not in {"failed", "needs_review"}
        ):
            yield f"{row.status}, and is called {row.misconception!r}"
        if row.line is not None and not 0 < row.line <= lines_of(files.get(row.file, b"")):
            yield f"line {row.line!r} is not in {row.file}"
        if not row.saw or self.said_of_us & {row.saw, row.cause}:
            yield f"saw {row.saw!r}"
        for key in LINES:
            yield from (f"{key} {breach}" for breach in self.of_text(getattr(row, key)))

    def of_text(self, text):
        """What may not stand in a text that a student reads."""
        if not isinstance(text, str) or len(text) > TEXT_LIMIT or not all(c.isprintable() for c in text):
            yield f"can't be shown: {text!r:.200}"
            return
        if self.places & set(PLACE.findall(text)):
            yield f"has a place that nothing was put into: {text}"
        if OURS.search(text):
            yield f"speaks of our own code: {text}"


def places_in(table):
    """The names of the places in a table of words."""
    for entry in table.values():
        if isinstance(entry, dict):
            yield from places_in(entry)
        else:
            yield from (name for _, name, _, _ in string.Formatter().parse(entry) if name)
