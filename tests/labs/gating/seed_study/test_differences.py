"""Intervals over seeds and reviews: textbook numbers, and a difference that is there or not."""

from dataclasses import astuple

import numpy as np
import pytest

from grading.intervals import Interval, interval
from labs.gating.seed_study.differences import Difference, crossed, mcnemar


def test_an_interval_is_that_of_student_s_t():
    found = interval([1.0, 2.0, 3.0, 4.0, 5.0])  # 3 +- 2.7764 * sqrt(2.5 / 5)
    assert (found.mean, found.low, found.high) == pytest.approx((3, 1.036757, 4.963243), abs=1e-6)


def test_one_seed_has_a_mean_and_no_interval():
    found = interval([0.8])
    assert found.mean == 0.8
    assert np.isnan([found.low, found.high]).all()
    assert not found.excludes_zero


def test_mcnemar_counts_only_the_reviews_about_which_the_networks_disagree():
    first = np.array([True] * 9 + [False] + [True] * 50)
    second = np.array([False] * 9 + [True] + [True] * 50)
    assert mcnemar(first, second) == pytest.approx(2 * (1 + 10) / 2**10)  # 9 of 10, both tails
    assert mcnemar(first, first) == 1.0


@pytest.fixture
def draw():
    """draw(shares, reviews=800) -> a network a row that gets that share of the reviews right, by chance."""

    def drawn(shares, reviews=800, seed=0):
        return np.random.default_rng(seed).random((len(shares), reviews)) < np.array(shares)[:, None]

    return drawn


def test_a_large_difference_is_found_over_seeds_and_reviews(draw):
    difference = Difference.of(draw([0.8] * 5), draw([0.6] * 5, seed=1))
    assert difference.over_seeds.mean == pytest.approx(0.2, abs=0.03)
    assert difference.over_both.excludes_zero
    assert max(difference.mcnemar) < 0.01


def test_networks_that_are_equally_good_are_not_told_apart(draw):
    difference = Difference.of(draw([0.8] * 5), draw([0.8] * 5, seed=1))
    assert not difference.over_both.excludes_zero


def test_seeds_that_scatter_hide_what_the_reviews_alone_would_show(draw):
    difference = Difference.of(draw([0.5, 0.9, 0.9, 0.5]), draw([0.6] * 4, seed=1))
    assert difference.over_reviews.excludes_zero
    assert not difference.over_seeds.excludes_zero
    assert not difference.over_both.excludes_zero


def test_a_table_whose_rows_alone_scatter_is_a_sample_of_rows_and_one_whose_columns_do_of_columns():
    scatter = np.array([1.0, 2.0, 4.0])
    expected = astuple(interval(scatter))
    for table in (np.tile(scatter[:, None], 50), np.tile(scatter, (50, 1))):
        assert astuple(crossed(table)) == pytest.approx(expected)


@pytest.mark.parametrize("of_seeds", [0.0, 0.03], ids=["seeds alike", "seeds that scatter"])
def test_the_interval_over_both_holds_zero_as_often_as_it_says_and_is_no_wider_than_it_must_be(of_seeds):
    seeds, reviews, studies = 5, 200, 400
    rng = np.random.default_rng(3)
    of_reviews, left = 0.2, 0.4
    held, widths = 0, []
    for _ in range(studies):
        found = crossed(
            rng.normal(0, of_seeds, (seeds, 1))
            + rng.normal(0, of_reviews, (1, reviews))
            + rng.normal(0, left, (seeds, reviews))
        )
        held += not found.excludes_zero
        widths.append(found.high - found.low)
    error = np.sqrt(of_seeds**2 / seeds + of_reviews**2 / reviews + left**2 / (seeds * reviews))
    # 400 studies at 95 %: fewer than 362 hold zero in less than one of 10,000 cases (binomial)
    assert held >= 362
    assert np.median(widths) < 1.6 * 2 * 1.96 * error


def test_one_seed_says_nothing_about_others(draw):
    assert np.isnan(Difference.of(draw([0.8]), draw([0.7], seed=1)).over_both.low)


def test_networks_that_never_differ_differ_by_nothing():
    same = np.ones((3, 20), dtype=bool)
    assert Difference.of(same, same).over_both == Interval(0.0, 0.0, 0.0)
