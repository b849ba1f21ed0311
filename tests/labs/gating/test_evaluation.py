"""Evaluation: counts and shares of reviews, whatever the batches."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch

from labs.gating.evaluation import (
    Evaluation,
    accuracy_by_length,
    confusion_heatmaps,
    evaluate,
    length_classes,
    loss_curves,
    report_text,
)
from labs.gating.training import EncodedReviews, Progress

LABELS, PREDICTED = np.array([1, 1, 1, 0, 0]), np.array([1, 1, 0, 0, 1])
FIVE = Evaluation(LABELS, PREDICTED, np.array([3, 30, 30, 60, 500]))


def test_rows_are_the_true_opinion_and_columns_the_predicted_one():
    assert FIVE.confusion.tolist() == [[1, 1], [1, 2]]
    assert FIVE.tested == {"negative": 2, "positive": 3}


def test_accuracy_is_a_share_of_all_reviews_and_not_of_one_less():
    assert FIVE.accuracy == 3 / 5
    assert Evaluation(LABELS, LABELS, LABELS).accuracy == 1.0


def test_the_table_in_percent_is_the_homework_s():
    assert report_text(FIVE).splitlines() == [
        "Overall classification accuracy: 60.00%",
        "Number of positive reviews tested: 3",
        "Number of negative reviews tested: 2",
        "Displaying the confusion matrix:",
        "                 predicted negative  predicted positive",
        "true negative:              50.000%             50.000%",
        "true positive:              33.333%             66.667%",
    ]


def test_an_opinion_that_nobody_has_is_no_zero():
    only_positive = FIVE.part(LABELS == 1)
    assert np.isnan(only_positive.percentages[0]).all()
    assert only_positive.percentages[1].sum() == pytest.approx(100)


def test_each_review_is_counted_in_one_class_of_lengths():
    assert FIVE.by_length() == [
        ("0 to 24", 1, 1.0),
        ("25 to 49", 2, 0.5),
        ("50 to 99", 1, 1.0),
        ("400 or more", 1, 0.0),
    ]


def test_predictions_stand_in_the_reviews_order(classes):
    torch.manual_seed(4)
    rows = [torch.randint(1, 9, (length,)) for length in (5, 1, 9, 3, 3, 40)]
    reviews = EncodedReviews(rows, torch.tensor([0, 1, 0, 1, 0, 1]), torch.randn(9, 4))
    model = classes["GRUNet"](4, 5, 2)
    torch.nn.init.normal_(model.fc.weight, std=9.0)
    alone = [model(*reviews.batch([number])[:2]).argmax().item() for number in range(6)]
    found = evaluate(model, reviews)
    assert found.predicted.tolist() == alone
    assert found.lengths.tolist() == [5, 1, 9, 3, 3, 40]
    assert set(alone) == {0, 1}


def test_figures_show_what_was_measured():
    heatmap = confusion_heatmaps({"GRU": FIVE}).axes[0]
    assert [text.get_text() for text in heatmap.texts] == ["1", "1", "1", "2"]
    assert "60.00%" in heatmap.get_title()
    curve = loss_curves({"GRU": Progress(curve=[[224, 1.0, 0.7], [448, 2.0, 0.6], [801, 3.0, 0.5]])}).axes[0]
    assert curve.lines[0].get_xydata().tolist() == [[224, 0.7], [448, 0.6], [801, 0.5]]
    lengths = accuracy_by_length({"GRU": FIVE}).axes[0]
    assert lengths.lines[0].get_ydata().tolist() == [1.0, 0.5, 1.0, 0.0]
    assert plt.get_fignums() == [], "a notebook would show what is open once more"


def test_every_review_stands_in_one_class_of_lengths():
    classes = length_classes(np.array([1, 24, 25, 60, 399, 400, 5124]))
    assert {words: chosen.sum() for words, chosen in classes.items()} == {
        "0 to 24": 2, "25 to 49": 1, "50 to 99": 1, "200 to 399": 1, "400 or more": 2,
    }  # fmt: skip
    assert (sum(chosen.astype(int) for chosen in classes.values()) == 1).all()


def test_a_training_too_short_for_a_report_has_an_empty_curve():
    assert not loss_curves({"GRU": Progress()}).axes[0].lines[0].get_xydata().size
