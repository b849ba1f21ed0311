"""How late something was handed in, and what that takes off."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from math import ceil

TIME = re.compile(
    r"^(\d{4})-(\d\d)-(\d\d)[-T ](\d\d)[-:](\d\d)[-:](\d\d)(?:\.\d+)?"  # 2026-11-20 23:59:00.000, or with `-` alone
    r"\s*(?:(?P<utc>Z|UTC)|(?P<sign>[+-])(\d\d):?(\d\d))?$"
)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Lateness:
    """How late one attempt is.

    days      days begun after the deadline, 0 in time; None where neither the time nor the system tells
    deadline  the one that holds for this student, or None
    is_exact  False where the system says `late` and not by how much: then one day is counted
    """

    days: int | None
    deadline: datetime | None = None
    is_exact: bool = True


@dataclass(frozen=True)
class LateRule:
    """What each day that was begun takes off: `off` points, or percent of what was earned; after `days`, all."""

    off: float = 0.0
    unit: str = "points"  # or "percent"
    days: int | None = None

    def applied_to(self, score, days):
        """The score that is left of one that came so many days late."""
        if self.days is not None and days > self.days:
            return 0.0
        taken = self.off * days if self.unit == "points" else score * self.off * days / 100
        return round(max(0.0, score - taken), 2)


def lateness(at, told, deadline):
    """The Lateness of what was handed in at a time.

    at        the time in a course system's text, or ""
    told      whether the system says late; None where it does not tell
    deadline  or None
    """
    when = time_of(at, deadline.tzinfo) if deadline else None
    if when:
        return Lateness(max(0, ceil((when - deadline) / DAY)), deadline)
    if told:
        return Lateness(1, deadline, is_exact=False)
    return Lateness(None if told is None else 0, deadline)


def time_of(text, zone):
    """The time that a course system's text means, or None; one without a time zone is in the deadline's."""
    found = TIME.match(text.strip())
    if not found:
        return None
    try:
        when = datetime(*(int(number) for number in found.groups()[:6]), tzinfo=UTC if found["utc"] else zone)
    except ValueError:
        return None
    if not found["sign"]:
        return when
    hours, minutes = (int(number) for number in found.groups()[-2:])
    ahead = timedelta(hours=hours, minutes=minutes) * (1 if found["sign"] == "+" else -1)
    return when.replace(tzinfo=timezone(ahead)) if abs(ahead) < DAY else None
