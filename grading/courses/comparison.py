"""Two markings of a class beside each other: who changed, by how much, and why as far as the results tell."""

import csv
import io
from dataclasses import dataclass

from grading.report.tables import in_spreadsheet
from grading.whole_files import write_whole

COMPARISON = "compare.csv"
HEADING = ("student", "score_before", "score_now", "change", "status_before", "status_now", "items", "why")
MACHINE = ("python", "torch", "time_limit", "seed")  # facts of the stamp that are neither the marker nor the release


@dataclass(frozen=True)
class Change:
    """What became of one student.

    before, now   the two Results; None where there is none
    items         ids of the items whose points or status differ
    why           keys of the words `comparison`, each with its places
    """

    student: str
    before: object
    now: object
    items: tuple
    why: tuple

    @property
    def difference(self):
        """By how many points the score rose, or None where there is nothing to compare."""
        return round(self.now.score - self.before.score, 2) if self.before and self.now else None

    def row(self, words):
        """The row of the table, as HEADING has it."""
        scores = [f"{one.score:g}" if one else "" for one in (self.before, self.now)]
        statuses = [one.status if one else "" for one in (self.before, self.now)]
        change = "" if self.difference is None else f"{self.difference:+g}"
        why = "; ".join(words.say("comparison", key, **places) for key, places in self.why)
        return [self.student, *scores, change, *statuses, " ".join(self.items), why]


def compare(before, now):
    """A Change for each student whose result is another one, sorted.  `before`, `now`: student -> Result."""
    pairs = [(student, before.get(student), now.get(student)) for student in sorted({*before, *now})]
    return [change_of(*pair) for pair in pairs if differs(*pair[1:])]


def differs(before, now):
    """Whether a student would see another mark: a score, a status, or the points or status of an item."""
    return before is None or now is None or seen(before) != seen(now)


def seen(result):
    return result.score, result.max_score, result.status, {row.id: (row.points, row.status) for row in result.items}


def change_of(student, before, now):
    if before is None or now is None:
        return Change(student, before, now, (), (("only_now" if now else "only_before", {}),))
    rows = [{row.id: (row.points, row.status) for row in one.items} for one in (before, now)]
    items = [item_id for item_id in {**rows[0], **rows[1]} if rows[0].get(item_id) != rows[1].get(item_id)]
    return Change(student, before, now, tuple(items), tuple(reasons(before, now)) or (("unknown", {}),))


def reasons(before, now):
    """(key of the words, places) of everything that two results were made of and that differs."""
    old, new = before.grader, now.grader
    if old.get("marked") != new.get("marked"):
        yield "files", {}
    for fact in ("release", "marker"):
        if old.get(fact) != new.get(fact):
            yield fact, {"before": old.get(fact, "?"), "now": new.get(fact, "?")}
    machine = [fact for fact in MACHINE if old.get(fact) != new.get(fact)]
    if machine:
        yield "machine", {"facts": ", ".join(f"{fact} {old.get(fact)} > {new.get(fact)}" for fact in machine)}
    if {row.id: row.max_points for row in before.items} != {row.id: row.max_points for row in now.items}:
        yield "points", {}
    if decisions(before) != decisions(now):
        yield "overrides", {}
    if lateness(before) != lateness(now):
        yield "late", {}
    if new.get("only_up", {}).get("stands"):
        yield "stands", {}


def decisions(result):
    """What people decided about items: (item, points, reviewer, reason) each."""
    told = result.grader.get("settled", {}).get("overrides", [])
    return {(one["item"], one["points"], one["reviewer"], one["reason"]) for one in told}


def lateness(result):
    """(days late, what that took)"""
    told = result.grader.get("settled", {})
    return told.get("days_late"), round(told.get("score_before_late", result.score) - result.score, 2)


def write_comparison(changes, words, path):
    """compare.csv: a row for each Change."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADING)
    for change in changes:
        student, *rest = change.row(words)
        writer.writerow([in_spreadsheet(student), *rest])
    write_whole(path, text.getvalue())
