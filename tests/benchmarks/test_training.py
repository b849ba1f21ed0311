"""The training's benchmark: every way trains the same, its times are of one seed and one batch, and shares add up."""

import pytest
import torch

from benchmarks import training
from benchmarks.training import (
    BATCH_SIZE,
    LIBRARY,
    MODELS,
    SEEDS,
    WAYS,
    billions,
    in_pairs,
    measure_rounds,
    pair_name,
    prepared,
    table,
    train_once,
)

pytestmark = pytest.mark.benchmarks


@pytest.fixture
def small(monkeypatch):
    """Two batches of random documents, and a few to evaluate on, in the corpus's place."""
    generator = torch.Generator().manual_seed(0)
    sizes = (2 * BATCH_SIZE, 10, 10)
    sets = [
        (torch.randint(0, 5000, (size, 12), generator=generator), torch.randint(0, 5, (size,), generator=generator))
        for size in sizes
    ]
    monkeypatch.setattr(training, "documents", lambda batches: sets)
    return sets


@pytest.mark.parametrize("way", WAYS)
def test_every_way_trains(way, small):
    prepared(way, "RNN", small)()


def test_times_are_of_one_seed_and_one_batch(small, monkeypatch):
    ticks = iter([0.0, 100.0, 48.0, 132.0])  # clock, processor, and both after the training
    monkeypatch.setattr(training, "prepared", lambda *arguments: lambda: None)
    monkeypatch.setattr(training.time, "perf_counter", lambda: next(ticks))
    monkeypatch.setattr(training.time, "process_time", lambda: next(ticks))
    assert train_once("ours, 8 seeds", "GRU", 2) == [48 / 2 / 8, 32 / 2 / 8]


def test_the_first_round_warms_up_and_is_not_counted(small, monkeypatch):
    numbers = iter(range(9))
    monkeypatch.setattr(training, "train_once", lambda *arguments: next(numbers))
    threads = torch.get_num_threads()
    assert measure_rounds(LIBRARY, "RNN", 2, 3) == [1, 2, 3]
    torch.set_num_threads(threads)


def test_a_process_that_fails_is_one_sentence():
    with pytest.raises(training.TrainingFault, match="`no such way` of the RNN failed: "):
        in_pairs("no such way", "RNN", "no number", 1)


def test_a_step_is_as_many_operations_as_its_products_have():
    words_and_states = 100 * BATCH_SIZE * (64 + 128) * 128
    assert billions("RNN") == pytest.approx(3 * 2 * words_and_states / 1e9)
    assert billions("GRU") == pytest.approx(1.4, abs=0.02)  # as the issue reckons it


def test_the_table_sets_each_way_beside_torchs_own_layer():
    found = {model: {way: [[0.040, 0.020]] * 3 for way in WAYS} for model in MODELS}
    found["GRU"]["ours, 8 seeds"] = [[0.020, 0.010], [0.010, 0.005], [0.001, 0.001]]
    found["GRU"][pair_name(LIBRARY)] = [[0.020, 0.010]]
    shown = table(found | {"rates": {"a step": 100.0, "large": 290.0}})
    rows = {row[0]: row[1:] for row in zip(*(list(column.cells) for column in shown.columns), strict=True)}
    assert rows["GRU: ours, 8 seeds"] == ("10.0", "4.0", "5.0", "4.0", "283", "98%")
    assert rows["GRU: torch.nn, two processes"] == ("20.0", "2.0", "10.0", "2.0", "142", "24%")
    assert len(rows) == len(MODELS) * len(WAYS) + 1


def test_ours_is_measured_with_one_eight_and_sixteen_seeds():
    assert list(SEEDS.values()) == [1, 8, 16]
