"""The practice reviews: the shipped archives are the generator's, and have what the lab is about."""

import sys

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from labs.gating import practice_reviews as generator
from labs.gating.reviews import standing_in


def run_main(monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["practice_reviews.py", *arguments])
    return generator.main()


def test_shipped_archives_are_what_the_generator_writes(monkeypatch):
    assert run_main(monkeypatch, "--check") == 0


def test_written_archives_pass_the_check_and_others_fail_it(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(generator, "FOLDER", tmp_path)
    assert run_main(monkeypatch, "--check") == 1
    assert run_main(monkeypatch) == 0
    assert run_main(monkeypatch, "--check") == 0
    monkeypatch.setattr(generator, "SEED", generator.SEED + 1)
    capsys.readouterr()
    assert run_main(monkeypatch, "--check") == 1
    assert "sentiment_dataset_train_practice.tar.gz is not what" in capsys.readouterr().err


def test_both_opinions_are_as_frequent_and_lengths_differ_widely(practice_reviews):
    train, test = practice_reviews
    assert [np.mean([review.positive for review in half]) for half in (train, test)] == [0.5, 0.5]
    lengths = [len(review.words) for review in train]
    assert min(lengths) < 10
    assert max(lengths) > 150


def test_some_test_reviews_stand_in_the_training_half_too(practice_reviews):
    assert standing_in(*practice_reviews).sum() == 20


def test_a_bag_of_words_misreads_negations(practice_reviews):
    train, test = practice_reviews
    counts = CountVectorizer(analyzer=lambda review: review.words)
    baseline = LogisticRegression(max_iter=2000).fit(counts.fit_transform(train), [r.positive for r in train])
    assert baseline.score(counts.transform(test), [r.positive for r in test]) == pytest.approx(0.8, abs=0.08)
