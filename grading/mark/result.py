"""The result of one submission, as its JSON file has it."""

import json
import re
from dataclasses import asdict, dataclass, field, replace

from grading import __version__
from grading.mark.seed import SEED

ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")
TEXT_LIMIT = 500  # characters of one line that may hold a student's words


@dataclass(frozen=True)
class ItemResult:
    """One row of a result."""

    id: str
    points: float
    max_points: float
    status: str
    saw: str
    expected: str
    cause: str
    next: str
    misconception: str | None
    file: str
    line: int | None

    @classmethod
    def of(cls, item, verdict):
        return cls(
            id=item.id,
            points=round(item.points * verdict.share, 2),
            max_points=float(item.points),
            status=verdict.status,
            saw=plain(verdict.saw),
            expected=plain(verdict.expected),
            cause=plain(verdict.cause),
            next=plain(verdict.next),
            misconception=verdict.misconception,
            file=verdict.file or item.file,
            line=verdict.line,
        )


@dataclass(frozen=True)
class Result:
    """What one submission came to.

    faults  each `grading.mark.fault.Fault` of ours on the way: no part of the JSON, and written to a file of its own
    """

    student: str
    status: str  # graded, needs_review or rejected
    score: float
    max_score: float
    items: list
    notes: list = field(default_factory=list)
    grader: dict = field(default_factory=lambda: {"version": __version__, "seed": SEED})
    faults: tuple = field(default=(), compare=False)

    def stamped(self, grader):
        """The same result with facts about who marked what: see `grading.mark.stamp`."""
        return replace(self, grader=self.grader | grader)

    def failed_on(self, faults):
        """The same result, left open by faults of ours: named in the stamp, so that no later run keeps it."""
        return replace(self, faults=tuple(faults)).stamped({"fault": faults[0].name})

    def noting(self, *notes):
        """The same result with more notes above its items."""
        return replace(self, notes=[*self.notes, *notes])

    @property
    def score_possible(self):
        """The score if every doubt is settled in the student's favour; a late rule may allow less than the items do."""
        allowed = self.grader.get("settled", {}).get("score_possible")
        if allowed is not None:
            return allowed
        return self.score + sum(item.max_points - item.points for item in self.items if item.status == "needs_review")

    def to_json(self):
        told = {name: value for name, value in asdict(self).items() if name != "faults"}
        return json.dumps(told, indent=1, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text):
        """Raises ValueError, KeyError or TypeError for anything that is not a result."""
        return cls.from_fields(json.loads(text))

    @classmethod
    def from_fields(cls, fields):
        """The same of what JSON has read already."""
        return cls(**{**fields, "items": [ItemResult(**item) for item in fields["items"]]})


def plain(text):
    """A text without control characters, so that it can't steer a terminal, and of bounded length.

    Addresses in memory are left out: they differ from run to run.
    """
    shown = ADDRESS.sub("0x…", "".join(c if c.isprintable() or c == " " else " " for c in text))
    return shown if len(shown) <= TEXT_LIMIT else shown[: TEXT_LIMIT - 1] + "…"
