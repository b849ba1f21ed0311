"""An earlier marking that a new one is compared with, or that stands beside it."""

from dataclasses import dataclass
from pathlib import Path

from grading.courses.comparison import COMPARISON, compare, write_comparison
from grading.courses.marked import MarkedFault, check_marked, read_results
from grading.courses.only_up import STAMPS, OnlyUp
from grading.mark.output import usable


@dataclass(frozen=True)
class Earlier:
    """An earlier marking, and whether it stands where the new one gives less.

    folder    where it lies
    results   student -> Result, read before the new marking begins
    only_up   whether it stands
    faulty    see `OnlyUp`
    """

    folder: Path
    results: dict
    only_up: bool = False
    faulty: tuple = ()

    def standing(self, words):
        """The OnlyUp of it, or None."""
        return OnlyUp(self.folder, self.faulty, words) if self.only_up else None

    def compared(self, marked, words):
        """The Changes to a MarkedClass, which are written beside its results.  Raises UnusableOutput."""
        now = {result.student: result for result in marked.results}
        changes = compare(self.results, now)
        with usable(marked.out):
            write_comparison(changes, words, marked.out / COMPARISON)
        return changes


def earlier_marking(folder, out, only_up=False, faulty=()):
    """The Earlier that the options of a marking ask for, or None.  Raises MarkedFault."""
    if folder is None and (only_up or faulty):
        raise MarkedFault("--only-up needs the earlier marking; give its folder with --compare.")
    if faulty and not only_up:
        raise MarkedFault("--faulty says which results --only-up marks again; give both, or neither.")
    if folder is None:
        return None
    check_marked(folder)
    if folder.resolve() == Path(out).resolve():
        raise MarkedFault(f"{folder} can't hold both markings; choose another folder with --out.")
    earlier = Earlier(folder, read_results(folder), only_up, tuple(faulty))
    if faulty:
        stamps = {result.grader.get(fact) for result in earlier.results.values() for fact in STAMPS}
        unknown = [stamp for stamp in faulty if stamp not in stamps]
        if unknown:
            known = ", ".join(sorted(stamp for stamp in stamps if stamp))
            raise MarkedFault(f"{folder} has no result with the stamp {unknown[0]!r}; there are: {known}.")
    return earlier
