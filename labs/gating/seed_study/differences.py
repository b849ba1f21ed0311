"""Whether two networks differ, over seeds and over reviews."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import binomtest

from grading.intervals import Interval, around, interval, standard_error


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
