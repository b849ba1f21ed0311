"""The points that a result must have: worked out from the rubric alone, never asked of the marker that is tried."""

import math
import tomllib

CREDIT = {"half": 0.5, "none": 0.0, "all": 1.0}  # of an item's points, for another publication's form
SHARES = {"passed": 1.0} | dict.fromkeys(("failed", "blank", "error", "not_run", "needs_review"), 0.0)


class WrongPoints(RuntimeError):
    """A result has other points than the rubric gives for what it says: one sentence."""


class Points:
    """What the rubric of a room gives for an item and for the whole, by what a result says of each item."""

    def __init__(self, room):
        self.items, self.catalogue = room.items, room.load("marking").CATALOGUE
        self.credit = CREDIT[room.option("convention_credit", tuple(CREDIT))]

    def of(self, item_id, status, misconception=None):
        """The points of an item: all, none, or what another publication's form earns; NaN for an unknown status."""
        is_another_form = status == "failed" and self.catalogue.is_convention(item_id, misconception)
        share = self.credit if is_another_form else SHARES.get(status, math.nan)
        return round(self.items[item_id].points * share, 2)

    def breaches(self, result):
        """Sentences on items and sums that have other points than they must; none where all is as it must be."""
        if [row.id for row in result.items] != list(self.items):
            yield f"the items are {', '.join(row.id for row in result.items)}"
            return
        for row in result.items:
            most = float(self.items[row.id].points)
            if row.points != self.of(row.id, row.status, row.misconception) or row.max_points != most:
                yield f"{row.id}: {row.points!r} of {row.max_points!r} points for {row.status!r}"
        score, most = self.whole(result)
        if (result.score, result.max_score) != (score, most):
            told = f"the score {result.score!r} of {result.max_score!r}"
            yield f"{told} is not the sum of the points: {score!r} of {most!r}"

    def whole(self, result):
        """(score, most) that a result must have by what it says of each item."""
        score = sum(self.of(row.id, row.status, row.misconception) for row in result.items)
        return round(score, 2), float(sum(item.points for item in self.items.values()))


def earned(room, case, files=None):
    """item id -> points that a case of the sample class earns.

    case   its folder, with an expected.toml, which was worked out by hand before the marker was asked
    files  of these of its files alone; None: of all
    """
    expected = tomllib.loads((case / "expected.toml").read_text(encoding="utf-8"))
    if expected["status"] == "rejected":
        return {}
    lost, names, points = expected.get("items", {}), expected.get("misconceptions", {}), Points(room)
    return {
        item.id: points.of(item.id, lost.get(item.id, "passed"), names.get(item.id))
        for item in room.items.values()
        if files is None or item.file in files
    }
