"""What known mistakes, at most two at once, explain the numbers of a whole?

A blank is tried alone first.  Where a student's lines can't be tried alone, because they have other names or are
written in another form, the whole is computed anew with one or two wrong formulas of the catalogue in their places.
"""

from itertools import combinations, product

from grading.mark.agreement import ABSOLUTE, RELATIVE, agrees
from grading.mark.catalogue import Misconception

AT_MOST = 2  # mistakes in one whole
UNNAMED = "unnamed"  # what a part is that is wrong for certain, by no mistake of the catalogue


class Explanation(dict):
    """part -> the Misconception that stands there; a part that is right is not in it."""

    def mistakes(self):
        """The parts that are wrong, each with its id."""
        return {part: entry.id for part, entry in self.items() if not entry.right}


def explanations(got, compute, catalogue, parts):
    """The Explanations of the numbers `got` with the fewest mistakes; [] where two are not enough.

    compute(explanation)  the whole with these formulas in the place of the right ones
    parts                 the parts of the whole, as the catalogue knows them
    """
    for mistakes in range(AT_MOST + 1):
        found = list(explanations_with(mistakes, got, compute, catalogue, parts))
        if found:
            return found
    return []


def explanations_with(mistakes, got, compute, catalogue, parts):
    """The Explanations of the numbers `got` with just so many mistakes."""
    harmless = [[None, *(e for e in catalogue.of(part) if e.right)] for part in parts]
    harmful = {part: [e for e in catalogue.of(part) if not e.right] for part in parts}
    for wrong in combinations(parts, mistakes):
        free = [kinds for part, kinds in zip(parts, harmless, strict=True) if part not in wrong]
        for chosen in product(*free, *(harmful[part] for part in wrong)):
            explanation = Explanation((entry.part, entry) for entry in chosen if isinstance(entry, Misconception))
            if gives_whole(compute, explanation, got):
                yield explanation


def gives_whole(compute, explanation, got):
    """Whether the whole gives these numbers; formulas that can't run at these sizes do not."""
    try:
        computed = compute(explanation)
    except (IndexError, ValueError):
        return False
    return begins_alike(got, computed) and agrees(got, computed)


def begins_alike(got, computed):
    """Whether the first numbers are the same: cheap, and enough to tell most formulas apart."""
    if got.shape != computed.shape or not got.size:
        return False
    return abs(got.flat[0] - computed.flat[0]) <= ABSOLUTE + RELATIVE * abs(computed.flat[0])


def reading_of(part, found):
    """What all explanations say of one part: its id, or "" where it is right.  None where they differ, or are none."""
    readings = {explanation.mistakes().get(part, "") for explanation in found}
    return readings.pop() if len(readings) == 1 else None
