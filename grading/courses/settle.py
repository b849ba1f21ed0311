"""What counts of what the marker said: the course's points, what a person decided, the late rule.

The marker's own Result is never changed; all of this is derived from it, so that a rule, an extension or a decision
needs no new marking, and goes as it came.
"""

from dataclasses import asdict, replace

from grading.mark.result import plain
from grading.report.tables import out_of_spreadsheet

OF_A_PERSON = ("waits", "our_fault")  # what is said to be seen where only a person has to look
TIME_FORMAT = "%Y-%m-%d %H:%M %z"


def settle(result, room, course, overrides=(), attempt=None, remarks=()):
    """The Result that counts.  Pure; where no rule changes anything, the very same Result.

    result     the marker's own
    room       with the course's points and words
    overrides  the student's
    attempt    what the download knows of it, or None
    remarks    sentences to tell beside
    """
    overrides = [replace(one, reviewer=out_of_spreadsheet(one.reviewer), reason=out_of_spreadsheet(one.reason))
                 for one in overrides]  # fmt: skip
    pointed = with_points(result, room.items)
    decided, sentences = with_overrides(pointed, overrides, room.words)
    notes = notes_that_still_hold(result, decided, course, room.words)
    late, more = late_rule_of(decided, course, course.lateness(result.student, attempt), room.words)
    changes = [plain(sentence) for sentence in [*sentences, *more, *remarks]]
    score = late.pop("score", decided.score)
    facts = {"contact": course.contact} if course.contact else {}
    if changes or pointed != result or notes != result.notes:
        told = {"score": result.score, "changes": changes, "overrides": [asdict(one) for one in overrides]}
        facts["settled"] = {name: value for name, value in (told | late).items() if value != []}
    if not facts:
        return result
    return replace(decided, score=score, notes=[*notes, *changes]).stamped(facts)


def with_points(result, items):
    """The result with the points that the items have now: each keeps its share, a new one earns all or nothing."""
    rows = [with_points_of(row, items[row.id]) if row.id in items else row for row in result.items]
    if rows == result.items:
        return result
    most = float(sum(row.max_points for row in rows))
    return replace(with_status(replace(result, items=rows), result.status), max_score=most)


def with_points_of(row, item):
    if row.max_points == item.points:
        return row
    share = row.points / row.max_points if row.max_points else float(row.status == "passed")
    return replace(row, points=round(item.points * share, 2), max_points=float(item.points))


def with_overrides(result, overrides, words):
    """(the result as people decided it, a sentence on each decision)."""
    if not overrides:
        return result, []
    by_item = {one.item: one for one in overrides}
    rows = [overridden(row, by_item[row.id], words) if row.id in by_item else row for row in result.items]
    before = {row.id: row for row in result.items}
    sentences = [
        words.say(
            "settled", "override", reviewer=one.reviewer, title=words.item(one.item, "title"), points=f"{one.points:g}",
            max_points=f"{before[one.item].max_points:g}", marked=f"{before[one.item].points:g}", reason=one.reason,
        )
        for one in overrides
    ]  # fmt: skip
    status = "graded" if result.status == "rejected" else result.status  # a person has marked it
    return with_status(replace(result, items=rows), status), sentences


def overridden(row, one, words):
    """An item's row as a person decided it: what was seen stays, why it counts so is theirs."""
    cause = plain(words.say("settled", "cause", reviewer=one.reviewer, reason=one.reason))
    if row.status == "needs_review":
        row = replace(row, saw=seen_in_doubt(row.saw, words), next="")
    if one.points >= row.max_points:
        return replace(row, points=one.points, status="passed", cause=cause, next="", misconception=None)
    return replace(row, points=one.points, status="failed", cause=cause)


def seen_in_doubt(saw, words):
    """What was seen of an item in doubt, without what it says of a person who is to look."""
    if saw in {plain(words.say("saw", key)) for key in OF_A_PERSON}:
        return ""
    before, after = words.say("saw", "learns_in_doubt", saw="\0").split("\0")
    return saw.removeprefix(before).removesuffix(after)


def with_status(result, status):
    """The result with the score of its items, and with the status that the doubts left in them give."""
    if status == "rejected":
        return replace(result, score=0.0)
    status = "needs_review" if in_doubt(result) else "graded"
    return replace(result, status=status, score=round(sum(row.points for row in result.items), 2))


def in_doubt(result):
    """The ids of the items that hold the mark up."""
    return [row.id for row in result.items if row.status == "needs_review" and row.max_points]


def notes_that_still_hold(result, decided, course, words):
    """The marker's notes: what it left to a person is said of what is left, and no rule says that late is free."""
    said = words.say("notes", "in_doubt", items=", ".join(in_doubt(result)))
    left = in_doubt(decided)
    now = [words.say("notes", "in_doubt", items=", ".join(left))] if left else []
    notes = [one for note in result.notes for one in (now if note == said else [note])]
    has_rule = course.deadline or course.late.off or course.late.days
    return [note for note in notes if not (has_rule and note == words.say("notes", "late"))]


def late_rule_of(result, course, lateness, words):
    """({facts}, [sentences]) of a submission that came late; ({}, []) of any other."""
    if not lateness.days:
        return {}, []
    rule, days = course.late, lateness.days
    score, possible = (rule.applied_to(one, days) for one in (result.score, result.score_possible))
    places = {
        "days": days, "taken": f"{round(result.score - score, 2):g}", "before": f"{result.score:g}", "last": rule.days,
        "deadline": lateness.deadline.strftime(TIME_FORMAT) if lateness.deadline else "",
    }  # fmt: skip
    if rule.days is not None and days > rule.days:
        key = "too_late"
    elif not rule.off:
        key = "late_free" if lateness.is_exact else "late_free_unknown"
    else:
        key = "late" if lateness.is_exact else "late_unknown"
    sentence = words.say("settled", key, **places)
    facts = {"score": score, "days_late": days, "score_before_late": result.score, "score_possible": possible}
    return facts, [sentence]
