"""A class in numbers, gathered from its results one by one, so that none has to be kept."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from statistics import mean, median

BINS = 10  # of the distribution of scores


@dataclass(frozen=True)
class Row:
    """One submission in the list of the class."""

    student: str
    score: float
    score_possible: float
    status: str
    reasons: tuple


@dataclass
class Summary:
    """What the page of a class shows.

    items      those of the rubric that earn points; `titles` of all
    rows       one a submission, in the order of the results
    statuses   item id -> how many have which status
    mistakes   (item id, misconception) -> students
    settled    rows of those whom people or the course's rules changed, with what was changed
    contact    whom the course's pages tell to ask, or ""
    """

    items: list
    titles: dict
    max_score: float
    rows: list = field(default_factory=list)
    statuses: dict = field(default_factory=lambda: defaultdict(Counter))
    mistakes: dict = field(default_factory=lambda: defaultdict(list))
    settled: list = field(default_factory=list)
    contact: str = ""

    @classmethod
    def of(cls, results, room):
        titles = {item_id: room.words.item(item_id, "title") for item_id in room.items}
        summary = cls([item for item in room.items.values() if item.points], titles, room.max_score)
        for result in results:
            summary.add(result)
        return summary

    def add(self, result):
        reasons = {"needs_review": self.doubts_of, "rejected": lambda result: tuple(result.notes)}
        why = reasons.get(result.status, lambda _: ())(result)
        self.rows.append(Row(result.student, result.score, result.score_possible, result.status, why))
        self.contact = self.contact or result.grader.get("contact", "")
        changes = result.grader.get("settled", {}).get("changes")
        if changes:
            self.settled.append(replace(self.rows[-1], reasons=tuple(changes)))
        if result.status == "rejected":
            return
        for item in result.items:
            self.statuses[item.id][item.status] += 1
            if item.misconception:
                self.mistakes[item.id, item.misconception].append(result.student)

    def doubts_of(self, result):
        """What a person has to decide: a sentence for each reason, with the items that it holds for."""
        by_reason = defaultdict(list)
        for item in result.items:
            if item.status == "needs_review" and item.max_points:
                by_reason[item.saw].append(self.titles[item.id])
        return tuple(f"{', '.join(titles)}: {saw}" for saw, titles in by_reason.items())

    @property
    def scores(self):
        """The scores of what could be marked."""
        return [row.score for row in self.rows if row.status != "rejected"]

    @property
    def mean(self):
        return mean(self.scores) if self.scores else None

    @property
    def median(self):
        return median(self.scores) if self.scores else None

    @property
    def distribution(self):
        """[(lowest score, highest score, submissions)]: the full score stands in the last bin."""
        width = self.max_score / BINS
        counts = Counter(min(int(score / width), BINS - 1) for score in self.scores)
        return [(number * width, (number + 1) * width, counts[number]) for number in range(BINS)]

    def share(self, count):
        """How much of the marked class a count is, in percent."""
        return round(100 * count / max(len(self.scores), 1))

    @property
    def waiting(self):
        return [row for row in self.rows if row.status == "needs_review"]

    @property
    def rejected(self):
        return [row for row in self.rows if row.status == "rejected"]

    @property
    def frequent_mistakes(self):
        """[(item id, misconception, students)], the most frequent first; of equals, in the order of the rubric."""
        order = [item.id for item in self.items]
        found = [(item_id, name, students) for (item_id, name), students in self.mistakes.items()]
        return sorted(found, key=lambda one: (-len(one[2]), order.index(one[0]) if one[0] in order else 99, one[1]))
