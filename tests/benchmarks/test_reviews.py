"""The reviews' benchmark: both ways train on the same reviews, and times are of a word."""

import pytest
import torch

from benchmarks import reviews
from benchmarks.reviews import WAYS, sample, table, time_epoch
from labs.gating.training import EncodedReviews

pytestmark = pytest.mark.benchmarks


@pytest.fixture
def ten_reviews():
    """Reviews of 1 to 10 words over a table of 20 vectors."""
    rows = [torch.arange(1, 1 + length) for length in range(1, 11)]
    return EncodedReviews(rows, torch.arange(10) % 2, torch.randn(20, 300))


def test_a_sample_is_spread_over_all_reviews_and_is_never_larger_than_they_are(ten_reviews):
    assert [len(row) for row in sample(ten_reviews, 4).rows] == [1, 4, 7, 10]
    assert sample(ten_reviews, 99).labels.tolist() == ten_reviews.labels.tolist()


@pytest.mark.parametrize("way", WAYS)
def test_an_epoch_reads_every_review_once_and_its_time_is_of_a_word(way, ten_reviews, monkeypatch):
    read = []
    monkeypatch.setattr(reviews, "train_step", lambda network, optimizer, reviews, chosen: read.append(chosen))
    ticks = iter([0.0, 100.0, 110.0, 155.0])  # clock, processor, and both after the epoch
    monkeypatch.setattr(reviews.time, "perf_counter", lambda: next(ticks))
    monkeypatch.setattr(reviews.time, "process_time", lambda: next(ticks))
    assert time_epoch(torch.nn.Linear(1, 1), ten_reviews, WAYS[way]) == [2.0, 1.0]
    warm, *epoch = read
    assert warm == epoch[0]
    assert sorted(number for chosen in epoch for number in chosen) == list(range(10))


def test_the_table_says_how_many_times_as_fast_batches_are():
    times = {"one at a time": [[8e-4, 6e-4], [9e-4, 7e-4], [7e-4, 8e-4]], "batches of 32": [[1e-4, 7e-5]] * 3}
    found = {"archive": "200", "reviews": 320, "words": 30_000, "GRU": times, "minimal gated unit": times}
    shown = table(found)
    cells = [list(column.cells) for column in shown.columns]
    assert cells[0][:2] == ["GRU: one at a time", "GRU: batches of 32"]
    assert [column[1] for column in cells[1:]] == ["100", "8.0", "70", "10.0"]


def test_it_measures_both_networks_both_ways(monkeypatch):
    monkeypatch.setattr(reviews, "time_epoch", lambda network, chosen, recipe: [recipe.batch_size, len(chosen.rows)])
    monkeypatch.delenv("REVIEWS_DATA", raising=False)
    found = reviews.measure(quick=True)
    for network in ("GRU", "minimal gated unit"):
        assert found[network] == {"one at a time": [[1, 64]], "batches of 32": [[32, 64]]}
    assert found["words"] > 64
