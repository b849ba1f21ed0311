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
    outcomes  (marker, after) -> the Outcomes of its trials, but for the first `after` ones, in order, as they come
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
    """A claim and what came of its trials.

    promised  how many trials the room promises of it, at least
    stopped   whether the proof was ended before all of them were made
    """

    claim: Claim
    outcomes: list = field(default_factory=list)
    promised: int = 0
    stopped: bool = False

    def count(self, kind):
        return sum(outcome.kind == kind for outcome in self.outcomes)

    @property
    def survivors(self):
        """The Outcomes that break the claim: what is broken, and, where too much is left to a person, that as well."""
        broken = [outcome for outcome in self.outcomes if outcome.kind == BROKEN]
        left = [outcome for outcome in self.outcomes if outcome.kind == PERSON]
        tried = self.claim.total if self.stopped else len(self.outcomes)
        return broken + (left if len(left) > self.claim.left * tried else [])

    @property
    def is_short(self):
        """Whether it has fewer trials than are promised; what this machine does not give is held to no number."""
        return not self.count(NOT_TRIED) and not self.stopped and len(self.outcomes) < self.promised

    @property
    def is_whole(self):
        """Whether it was tried, and as often as it said."""
        return bool(self.outcomes) and len(self.outcomes) == self.claim.total

    @property
    def holds(self):
        """Whether the claim was tried as often as it said and as is promised, and nothing broke it."""
        return self.is_whole and not self.is_short and not self.survivors


def claim_of(name, promise, trials: Iterable[Trial], left=0.0, learns=False):
    """A Claim whose trials are submissions, each marked alone.  `learns`: with the short training."""
    trials = list(trials)

    def outcomes(marker, after=0):
        return marker.try_all(trials[after:], learns)

    return Claim(name, promise, outcomes, len(trials), left)
