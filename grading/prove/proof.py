"""Try every claim that a room makes about its marker, and say in one table what came of it."""

from rich.table import Table

from grading.prove.claim import BROKEN, EXPLAINED, KEPT, NOT_TRIED, PERSON, Outcome, Tried
from grading.prove.marker import Marker
from grading.prove.patience import Hung
from grading.report.progress import Progress

SHOWN = 20  # survivors of one claim that are told one by one


def prove(room, full=False, only=(), jobs=None, progress=True):
    """[Tried]: each claim of the room with what came of it.

    full      every trial; else the quick form, under three minutes on two cores
    only      names of claims; none: all
    progress  False: say nothing on stderr

    Raises UnknownClaim for a name that no claim has.
    """
    claims = room.load("proofs").claims(room, full)
    unknown = sorted(set(only) - {claim.name for claim in claims})
    if unknown:
        names = ", ".join(claim.name for claim in claims)
        raise UnknownClaim(f"there is no claim called {unknown[0]!r}; there are: {names}.")
    chosen = [claim for claim in claims if not only or claim.name in only]
    tried = []
    total = sum(claim.total for claim in chosen)
    with Marker(room, jobs) as marker, Progress(total, progress, task="proving", unit="trial", did="tried") as bar:
        for claim in chosen:
            tried.append(Tried(claim))
            for outcome in outcomes(claim, marker):
                tried[-1].outcomes.append(outcome)
                bar.advance()
    return tried


def outcomes(claim, marker):
    """The Outcomes of a claim; where the marker hangs on no trial in particular, that is the last."""
    try:
        yield from claim.outcomes(marker)
    except Hung as reason:
        yield Outcome(claim.name, BROKEN, str(reason))


class UnknownClaim(ValueError):
    """A claim was asked for that the room does not make: one sentence."""


def table(tried):
    """The table that a proof ends in."""
    shown = Table(box=None, pad_edge=False)
    shown.add_column("claim", overflow="fold")
    for column in ("tried", *KINDS):
        shown.add_column(column, justify="right")
    shown.add_column("holds")
    for one in tried:
        counts = [str(one.count(kind)) for kind in KINDS]
        tried_here = len(one.outcomes) - one.count(NOT_TRIED)
        shown.add_row(one.claim.name, str(tried_here), *counts, how_it_ended(one))
    return shown


def how_it_ended(one):
    """The last word of a claim's row: a claim that could not be tried here is not said to hold."""
    return "not tried" if one.count(NOT_TRIED) else "yes" if one.holds else "NO"


def not_tried(tried):
    """A line for each claim that could not be tried on this machine, and why."""
    for one in tried:
        yield from (f"{one.claim.name}: {row.why}" for row in one.outcomes if row.kind == NOT_TRIED)


KINDS = (KEPT, PERSON, EXPLAINED, BROKEN)


def survivors(tried):
    """A line for each trial that breaks a claim, and one for a claim that was not tried as it said."""
    for one in tried:
        for outcome in one.survivors[:SHOWN]:
            yield f"{one.claim.name}: {outcome.trial}: {outcome.why}"
        if len(one.survivors) > SHOWN:
            yield f"{one.claim.name}: and {len(one.survivors) - SHOWN} more"
        if len(one.outcomes) != one.claim.total or not one.outcomes:
            yield f"{one.claim.name}: {len(one.outcomes)} of {one.claim.total} trials were made"
