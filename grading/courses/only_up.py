"""Marking again after a fix during the term: only those whom the fault touched, and never to anybody's loss."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from grading.mark.kept import marked_results

STAMPS = ("release", "marker")  # facts of a result that can turn out to have been at fault


@dataclass(frozen=True)
class OnlyUp:
    """An earlier marking that stands, unless it is touched and a new one gives more.

    earlier   the folder of the earlier marking
    faulty    digests of releases or markers that were at fault; (): each that is not today's
    words     the room's
    """

    earlier: Path
    faulty: tuple
    words: object

    def untouched(self, student, grader):
        """The earlier Result of the same files, where no fault touched it; or None: then it is marked again."""
        earlier = self.results_of(student).get(grader["marked"], ())
        return next((one for one in earlier if not self.is_touched(one.grader, grader)), None)

    def results_of(self, student):
        """Digest of the files -> the earlier marker's own Results: several, where an older one stood there, too."""
        found = defaultdict(list)
        for one in marked_results(self.earlier, student):
            found[one.grader.get("marked")].append(one)
        return found

    def is_touched(self, before, now):
        stamps = {before.get(fact) for fact in STAMPS}
        if "fault" in before:
            return True
        return bool(stamps & set(self.faulty)) if self.faulty else stamps != {now.get(fact) for fact in STAMPS}

    def better(self, student, marked, counted):
        """The Result that counts: the one with the higher score, as a whole, with a note where they differ.

        A student's results are compared as wholes, since items of one marking belong together; of equal ones the new
        one counts.  Files that were handed in since have no earlier result, and count as they are.

        marked    the new Results of the marker, one for each attempt
        counted   Results of the marker -> what counts of them, by the course's rules
        """
        new = counted(marked)
        old = max(map(counted, self.earlier_markings(student, marked)), key=worth, default=None)
        if old is None:
            return new
        stands = worth(old) > worth(new)
        facts = {"only_up": {"before": old.score, "again": new.score, "stands": stands}}
        if not stands and new.score == old.score:
            return new.stamped(facts)
        said = self.words.say(
            "only_up", "stands" if stands else "raised", before=f"{old.score:g}", now=f"{new.score:g}"
        )
        return (old if stands else new).noting(said).stamped(facts)

    def earlier_markings(self, student, marked):
        """What the marker gave earlier to the same files, each as a list like `marked`; [] where that is the same."""
        earlier = self.results_of(student)
        rows = [earlier.get(one.grader.get("marked"), ()) for one in marked]
        deepest = max(map(len, rows))
        found = [
            [row[place] if place < len(row) else one for row, one in zip(rows, marked, strict=True)]
            for place in range(deepest)
        ]
        return [before for before in found if before != marked]

    def kept(self, student, marked, counted):
        """The marker's own results to keep: where an earlier one stands, that one too, so that it stands next time."""
        if not counted.grader.get("only_up", {}).get("stands"):
            return marked
        return marked + [
            one for before in self.earlier_markings(student, marked) for one in before if one not in marked
        ]


def worth(result):
    return result.score, result.score_possible
