"""The study from the command line, on the practice reviews with two seeds, and what it says of what it found."""

import numpy as np
import pytest
from typer.testing import CliRunner

from grading.intervals import Interval
from labs.gating.seed_study import __main__ as command
from labs.gating.seed_study.differences import Difference
from labs.gating.seed_study.tables import verdict

NOTHING, SMALL, LARGE = Interval(0.0, -0.1, 0.1), Interval(0.02, 0.01, 0.03), Interval(-0.2, -0.3, -0.1)
UNKNOWN = Interval(0.1, np.nan, np.nan)


@pytest.mark.parametrize(
    ("over_seeds", "over_both", "told"),
    [
        (LARGE, LARGE, "The difference is real: the minimal gated unit"),
        (SMALL, SMALL, "The difference is real: the GRU"),
        (SMALL, NOTHING, "more than chance of the seed"),
        (NOTHING, NOTHING, "No difference was shown"),
        (UNKNOWN, UNKNOWN, "One seed says nothing"),
    ],
)
def test_the_verdict_follows_the_intervals(over_seeds, over_both, told):
    assert told in verdict(Difference(over_seeds, NOTHING, over_both, (0.5,)))


def test_both_networks_are_trained_with_two_seeds_and_set_beside_what_was_reported(tmp_path, monkeypatch):
    monkeypatch.delenv("WORD_VECTORS", raising=False)
    words = ["--seeds", "2", "--reviews", "practice", "--epochs", "1", "--processes", "1", "--out", str(tmp_path)]
    result = CliRunner().invoke(command.app, words)
    assert result.exit_code == 0, result.output
    table = " ".join(result.stdout.split())
    assert "2 seeds, archive practice: means over the seeds" in table
    rows = ("reported, one run │ - │ -", "accuracy, 200 test reviews", "without the 20 repeated", "training loss, last")
    assert not [row for row in rows if row not in table]
    assert "GRU less minimal gated unit, all test reviews, in points:" in table
    assert "McNemar's p, seed by seed" in table
    assert "Memory" not in table
    assert len(list(tmp_path.glob("*_practice_seed_?.json"))) == 4


def test_with_memory_the_same_seeds_are_trained_without_the_repeated_reviews(few_reviews, tmp_path):
    words = ["--seeds", "1", "--reviews", "3", "--epochs", "1", "--memory", "--processes", "1", "--out", str(tmp_path)]
    result = CliRunner().invoke(command.app, words)
    assert result.exit_code == 0, result.output
    assert "the same, never trained on" in result.stdout
    assert "Memory, minimal gated unit, beside the same seeds" in result.stdout
    assert "One seed says nothing about others" in result.stdout
    assert len(list(tmp_path.glob("*_clean_seed_0.json"))) == 2


def test_unknown_reviews_are_wrong_usage_in_one_sentence(tmp_path):
    result = CliRunner().invoke(command.app, ["--reviews", "7", "--out", str(tmp_path)])
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].startswith("Error: there are no reviews '7'; there are: found, 200")
