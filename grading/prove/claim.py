"""A claim about the marker, the trials that try it, and what came of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

STUDENT = "student"  # who hands in what the marker is tried with
KEPT, PERSON, EXPLAINED, BROKEN = "kept", "left to a person", "explained", "broken"
NOT_TRIED = "not tried"


@dataclass(frozen=True)
class Outcome:
    """What came of one trial.

    kind  KEPT; PERSON: the marker could not decide; EXPLAINED: not as claimed, for a reason that is written down by
          hand; BROKEN; or NOT_TRIED: this machine does not give what the claim speaks of
    why   one sentence where it is not KEPT
    """

    trial: str
    kind: str = KEPT
    why: str = ""


@dataclass(frozen=True, eq=False)
class Trial:
    """One submission to try the marker with.

    files  file name -> bytes
    judge  what came of it: a Result -> an Outcome's (kind, why)
    """

    name: str
    files: dict
    judge: Callable


@dataclass(frozen=True, eq=False)
class Claim:
    """One promise of the marker.

    name      its line in the table
    promise   one sentence
    outcomes  marker -> the Outcomes of its trials, as they come
    total     how many there will be
    left      the share of trials that may be left to a person
    """

    name: str
    promise: str
    outcomes: Callable
    total: int
    left: float = 0.0


@dataclass
class Tried:
    """A claim and what came of its trials."""

    claim: Claim
    outcomes: list = field(default_factory=list)

    def count(self, kind):
        return sum(outcome.kind == kind for outcome in self.outcomes)

    @property
    def survivors(self):
        """The Outcomes that break the claim: what is broken, and, where too much is left to a person, that as well."""
        broken = [outcome for outcome in self.outcomes if outcome.kind == BROKEN]
        left = [outcome for outcome in self.outcomes if outcome.kind == PERSON]
        return broken + (left if len(left) > self.claim.left * len(self.outcomes) else [])

    @property
    def holds(self):
        """Whether the claim was tried as often as it said, and nothing broke it."""
        return bool(self.outcomes) and len(self.outcomes) == self.claim.total and not self.survivors


def claim_of(name, promise, trials: Iterable[Trial], left=0.0, learns=False):
    """A Claim whose trials are submissions, each marked alone.  `learns`: with the short training."""
    trials = list(trials)

    def outcomes(marker):
        return marker.try_all(trials, learns)

    return Claim(name, promise, outcomes, len(trials), left)
