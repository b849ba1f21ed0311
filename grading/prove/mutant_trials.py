"""Trials of mutants: each is killed by the item that its lines belong to, or is listed by hand as equivalent."""

import tomllib
from dataclasses import dataclass, field
from functools import cached_property

from grading.build.solution import solution_files
from grading.prove.claim import BROKEN, EXPLAINED, KEPT, PERSON, Outcome
from grading.prove.known_trials import seen, told
from grading.prove.mutation_tool import NoMutationTool
from grading.prove.ownership import read_ownership

LEFT = 0.08  # the share that may leave an item to a person: after a line that raises, what follows it can not be tried


@dataclass(frozen=True)
class Listed:
    """Changes of the solution's lines that come to something else than their own item lost, and why.

    target  Class.method, or "" outside of the classes
    before  the lines as the solution has them
    after   the texts that may stand in their place
    items   the items that are lost instead, or with it; none: the change is equivalent, and nothing is lost
    """

    target: str
    before: str
    after: list
    why: str
    items: list = field(default_factory=list)


def read_listed(room):
    """Every Listed of the room's equivalent_mutants.toml, in the file's order."""
    table = tomllib.loads((room.path / "equivalent_mutants.toml").read_text(encoding="utf-8"))
    return [Listed(**row) for kind in ("equivalent", "elsewhere") for row in table.get(kind, ())]


class MutantClaim:
    """The Claim that every mutant is killed or listed; the mutants are made when it is tried.

    make   files of the solution -> [Mutant]; may raise NoMutationTool
    every  one in so many is tried; where it is every one, what is listed as equivalent is trained, too
    left   the share that may leave an item to a person
    """

    def __init__(self, name, promise, room, make, every=1, left=LEFT):
        self.name, self.promise, self.room, self.make = name, promise, room, make
        self.every, self.left = every, left

    @cached_property
    def solution(self):
        return solution_files(self.room)

    @cached_property
    def mutants(self):
        return self.make(self.solution)[:: self.every]

    @cached_property
    def total(self):
        try:
            return len(self.mutants)
        except NoMutationTool:
            return 1  # the sentence that says so

    def outcomes(self, marker, after=0):
        """The Outcome of each mutant, in order, but for the first ones."""
        try:
            mutants = self.mutants
        except NoMutationTool as reason:
            yield Outcome(self.name, BROKEN, str(reason))
            return
        ownership, listed = read_ownership(self.room, self.solution), read_listed(self.room)

        def judged(mutant):
            is_known = self.every > 1 and bool(is_listed(mutant, ownership, listed))
            return judge(mutant, lost_by(marker, mutant, is_known), ownership, listed)

        yield from marker.outcomes(mutants[after:], judged)


def lost_by(marker, mutant, is_known):
    """item -> (status, misconception) of what a mutant costs; trained too where nothing is lost, unless known."""
    files = {mutant.file: mutant.text.encode()}
    found = seen(marker.mark(files), files)
    return found if found or is_known else seen(marker.mark(files, learns=True), files)


def is_listed(mutant, ownership, listed):
    """The Listed that speaks of a mutant, or None."""
    target = ownership.target(mutant)
    rows = (row for row in listed if (row.target, row.before) == (target, mutant.before) and mutant.after in row.after)
    return next(rows, None)


def judge(mutant, found, ownership, listed):
    """(kind, why) for a mutant that costs `found`."""
    row, owners = is_listed(mutant, ownership, listed), ownership.owners(mutant)
    unscored = {item for item in found if not ownership.items[item].points}  # a mutant is no library's work
    lost = {item for item, (status, _) in found.items() if status != "needs_review"} | unscored
    if row:
        is_as_listed = set(found) == set(row.items)
        return (EXPLAINED, row.why) if is_as_listed else (BROKEN, f"listed, but it comes to: {told(found)}")
    if lost - owners:
        return BROKEN, f"{', '.join(sorted(owners))} should be lost and no other: {told(found)}"
    if lost and set(found) <= owners:
        return KEPT, ""
    if owners & set(found):  # what is lost is its own; the rest, or all, waits for a person
        return PERSON, told(found)
    return BROKEN, f"survives {', '.join(sorted(owners))}: {told(found)}"
