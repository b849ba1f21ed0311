"""Try every claim that a room makes about its marker, and say in one table what came of it."""

from contextlib import closing

from rich.table import Table

from grading.prove.claim import BROKEN, EXPLAINED, KEPT, NOT_TRIED, PERSON, Claim, Outcome, Tried
from grading.prove.marker import Marker
from grading.prove.patience import Hung
from grading.prove.promised import read_promised
from grading.prove.record import NoRecord, Record
from grading.report.progress import Progress

SHOWN = 20  # survivors of one claim that are told one by one


def prove(room, full=False, only=(), jobs=None, progress=True, resume=False):
    """[Tried]: each claim of the room with what came of it.

    full      every trial, each of them kept in the Record; else the quick form, under three minutes on two cores
    only      names of claims; none: all
    progress  False: say nothing on stderr
    resume    in the full form, do not make again the trials that the Record tells of

    Raises UnknownClaim for a name that no claim has; Stopped, with what was found until then.
    """
    promised = read_promised(room, full)
    chosen = chosen_claims(room, full, only, promised)
    record = Record(room, () if resume else {claim.name for claim in chosen}) if full else NoRecord()
    tried = [Tried(claim, record.told(claim), promised.get(claim.name, 0)) for claim in chosen]
    try:
        total = sum(one.claim.total - len(one.outcomes) for one in tried)
        bar = Progress(total, progress, task="proving", unit="trial", did="tried")
        with record, Marker(room, jobs) as marker, bar:
            for one in tried:
                try_the_rest(one, marker, record, bar)
    except KeyboardInterrupt as interrupt:
        for one in tried:
            one.stopped = not one.is_whole
        raise Stopped(tried, interrupt) from interrupt
    return tried


def try_the_rest(one, marker, record, bar):
    """Make the trials of a claim that have not been made; each outcome is added to it and to the record as it comes."""
    if one.is_whole:
        return
    with closing(outcomes(one.claim, marker, len(one.outcomes))) as found:
        for outcome in found:
            one.outcomes.append(outcome)
            record.tell(one.claim, outcome)
            bar.advance()


def chosen_claims(room, full, only, promised):
    """The claims to try; one that is promised and not made is there without a trial.  Raises UnknownClaim."""
    claims = room.load("proofs").claims(room, full)
    names = {claim.name for claim in claims}
    claims += [Claim(name, "Promised.", lambda marker, after: iter(()), 0) for name in promised if name not in names]
    unknown = sorted(set(only) - {claim.name for claim in claims})
    if unknown and unknown[0] in {claim.name for claim in room.load("proofs").claims(room, True)}:
        raise UnknownClaim(f"the claim {unknown[0]!r} is tried in the full form alone; add --full.")
    if unknown:
        told = ", ".join(claim.name for claim in claims)
        raise UnknownClaim(f"there is no claim called {unknown[0]!r}; there are: {told}.")
    return [claim for claim in claims if not only or claim.name in only]


def outcomes(claim, marker, after=0):
    """The Outcomes of a claim after so many; where the marker hangs on no trial in particular, that is the last."""
    try:
        yield from claim.outcomes(marker, after)
    except Hung as reason:
        yield Outcome(claim.name, BROKEN, str(reason))


class Stopped(Exception):
    """The proof was ended before all was tried: `tried` holds what was found until then, `interrupt` what ended it."""

    def __init__(self, tried, interrupt):
        super().__init__(f"{str(interrupt) or 'Stopped'}; what is told above is what was found until then.")
        self.tried, self.interrupt = tried, interrupt


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
    """The last word of a claim's row: what could not be tried here, or was stopped, is not said to hold."""
    if one.count(NOT_TRIED) or (one.stopped and not one.outcomes):
        return "not tried"
    if one.stopped and not one.survivors:
        return "stopped"
    return "yes" if one.holds else "NO"


def not_tried(tried):
    """A line for each claim that could not be tried on this machine, and why."""
    for one in tried:
        yield from (f"{one.claim.name}: {row.why}" for row in one.outcomes if row.kind == NOT_TRIED)


KINDS = (KEPT, PERSON, EXPLAINED, BROKEN)


def survivors(tried):
    """A line for each trial that breaks a claim, and one for a claim that was tried less than it or the room says."""
    for one in tried:
        for outcome in one.survivors[:SHOWN]:
            yield f"{one.claim.name}: {outcome.trial}: {outcome.why}"
        if len(one.survivors) > SHOWN:
            yield f"{one.claim.name}: and {len(one.survivors) - SHOWN} more"
        if one.is_short:
            yield f"{one.claim.name}: {len(one.outcomes)} trials, and {one.promised} are promised"
        elif not one.is_whole:
            yield f"{one.claim.name}: {len(one.outcomes)} of {one.claim.total} trials were made"
