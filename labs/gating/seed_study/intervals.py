"""Means with their 95 % intervals, over seeds and over reviews, and whether two networks differ."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import binomtest, t

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Interval:
    """A mean, and where it lies with 95 % confidence; of a single value the ends are NaN."""

    mean: float
    low: float
    high: float

    @property
    def excludes_zero(self):
        return self.low > 0 or self.high < 0


def around(mean, error, freedom):
    """The Interval of Student's t with `freedom` degrees around a mean with this standard error."""
    reach = error * t.ppf((1 + CONFIDENCE) / 2, freedom) if freedom > 0 else np.nan
    return Interval(float(mean), float(mean - reach), float(mean + reach))


def interval(values):
    """The Interval of the mean of independent values (n,)."""
    values = np.asarray(values, dtype=float)
    return around(values.mean(), standard_error(values), len(values) - 1)


def standard_error(values):
    return values.std(ddof=1) / np.sqrt(len(values)) if len(values) > 1 else np.nan


@dataclass(frozen=True)
class Difference:
    """How much more often the first network is right than the second, with the same seeds on the same reviews.

    over_seeds    what other seeds would give on these reviews
    over_reviews  what these trained networks would give on other reviews
    over_both     other seeds and other reviews: wider than it need be, since what belongs to one pair counts twice
    mcnemar       p of each seed: McNemar's exact test on the reviews about which the two networks disagree
    """

    over_seeds: Interval
    over_reviews: Interval
    over_both: Interval
    mcnemar: tuple

    @classmethod
    def of(cls, first, second):
        """The Difference of two arrays (seeds, reviews) of bool: which reviews were classified correctly."""
        differences = np.asarray(first, dtype=float) - np.asarray(second, dtype=float)
        by_seed, by_review = differences.mean(axis=1), differences.mean(axis=0)
        both = np.hypot(standard_error(by_seed), standard_error(by_review))
        return cls(
            over_seeds=interval(by_seed),
            over_reviews=interval(by_review),
            over_both=around(differences.mean(), both, len(by_seed) - 1),
            mcnemar=tuple(mcnemar(*pair) for pair in zip(first, second, strict=True)),
        )


def mcnemar(first, second):
    """p of McNemar's exact test: of the reviews that one alone gets right, is half the first network's?"""
    first_alone, second_alone = int((first & ~second).sum()), int((second & ~first).sum())
    if first_alone + second_alone == 0:
        return 1.0
    return float(binomtest(first_alone, first_alone + second_alone).pvalue)
