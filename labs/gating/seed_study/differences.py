"""Whether two networks differ, over seeds and over reviews."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import binomtest

from grading.intervals import Interval, around, interval


@dataclass(frozen=True)
class Difference:
    """How much more often the first network is right than the second, with the same seeds on the same reviews.

    over_seeds    what other seeds would give on these reviews
    over_reviews  what these trained networks would give on other reviews
    over_both     other seeds and other reviews
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
        return cls(
            over_seeds=interval(by_seed),
            over_reviews=interval(by_review),
            over_both=crossed(differences),
            mcnemar=tuple(mcnemar(*pair) for pair in zip(first, second, strict=True)),
        )


def crossed(differences):
    """The Interval of the mean of a table (seeds, reviews), both drawn at random from many.

    A table's spread has three parts: its rows', its columns' and what is left.  The mean squares of rows and columns
    both hold what is left, so it is taken off once; the degrees of freedom are Satterthwaite's (Biometrics Bulletin
    2 (1946), pages 110 to 114).
    """
    seeds, reviews = differences.shape
    mean = differences.mean()
    if min(seeds, reviews) == 1:
        return around(mean, np.nan, 0)
    rows, columns = differences.mean(axis=1, keepdims=True), differences.mean(axis=0, keepdims=True)
    of_seeds, of_reviews = reviews * rows.var(ddof=1), seeds * columns.var(ddof=1)
    left = np.square(differences - rows - columns + mean).sum() / ((seeds - 1) * (reviews - 1))
    parts = [(of_seeds, seeds - 1), (of_reviews, reviews - 1), (-left, (seeds - 1) * (reviews - 1))]
    if min(of_seeds, of_reviews) < left:  # a part of the spread that can't be seen is none
        parts = [max(parts[:2])]
    square = sum(part for part, _ in parts)
    degrees = square**2 / sum(part**2 / freedom for part, freedom in parts) if square else 1
    return around(mean, np.sqrt(square / differences.size), degrees)


def mcnemar(first, second):
    """p of McNemar's exact test: of the reviews that one alone gets right, is half the first network's?"""
    first_alone, second_alone = int((first & ~second).sum()), int((second & ~first).sum())
    if first_alone + second_alone == 0:
        return 1.0
    return float(binomtest(first_alone, first_alone + second_alone).pvalue)
