"""What a trained network makes of the test half: counts, accuracies, and how they depend on a review's length."""

from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np
import torch

from labs.gating.training import BATCHED, device_of, make_batches

OPINIONS = ("negative", "positive")  # the label is the position
SHORT_TO_LONG = (0, 25, 50, 100, 200, 400)  # words: where a class of lengths begins
COLUMN = 3.25  # inches: the width of a column of a paper


@dataclass(frozen=True)
class Evaluation:
    """What was predicted for N reviews.

    labels, predicted   (N,) 0 or 1
    lengths             (N,) words that have a vector
    """

    labels: np.ndarray
    predicted: np.ndarray
    lengths: np.ndarray

    @property
    def confusion(self):
        """(2, 2) reviews: row the true opinion, column the predicted one."""
        counts = np.zeros((2, 2), dtype=int)
        np.add.at(counts, (self.labels, self.predicted), 1)
        return counts

    @property
    def accuracy(self):
        """The share of N reviews that are classified correctly, None of none (the homework's code divides by N - 1)."""
        return float((self.labels == self.predicted).mean()) if len(self.labels) else None

    @property
    def tested(self):
        """opinion -> how many reviews have it."""
        return {opinion: int((self.labels == label).sum()) for label, opinion in enumerate(OPINIONS)}

    @property
    def percentages(self):
        """The confusion matrix in percent of each row; a row without a review is NaN."""
        counts = self.confusion
        rows = counts.sum(axis=1, keepdims=True)
        return np.divide(100 * counts, rows, out=np.full((2, 2), np.nan), where=rows > 0)

    def part(self, chosen):
        """The Evaluation of the chosen reviews alone: numbers, or a mask (N,)."""
        return Evaluation(self.labels[chosen], self.predicted[chosen], self.lengths[chosen])

    def by_length(self):
        """[(which lengths, reviews, accuracy)] for each class of lengths that has a review."""
        parts = {words: self.part(chosen) for words, chosen in length_classes(self.lengths).items()}
        return [(words, len(part.labels), part.accuracy) for words, part in parts.items()]


def length_classes(lengths):
    """Words in a range, like "25 to 49" -> which of N reviews have so many, (N,) bool; empty classes are left out."""
    ends = [f" to {end - 1}" for end in SHORT_TO_LONG[1:]] + [" or more"]
    number_of = np.digitize(lengths, SHORT_TO_LONG) - 1
    classes = {f"{begin}{end}": number_of == n for n, (begin, end) in enumerate(zip(SHORT_TO_LONG, ends, strict=True))}
    return {words: chosen for words, chosen in classes.items() if chosen.any()}


@torch.no_grad()
def evaluate(model, reviews):
    """The Evaluation of a network on EncodedReviews, in their order."""
    model.eval()
    predicted = torch.zeros(len(reviews.rows), dtype=torch.int64)
    for chosen in make_batches(reviews.lengths, BATCHED):
        vectors, lengths, _ = reviews.batch(chosen, device_of(model))
        predicted[chosen] = model(vectors, lengths).argmax(dim=1).cpu()
    return Evaluation(reviews.labels.numpy(), predicted.numpy(), reviews.lengths.numpy())


def report_text(evaluation):
    """Accuracy, counts and the confusion matrix in percent, as the homework printed them."""
    lines = [
        f"Overall classification accuracy: {evaluation.accuracy:.2%}",
        f"Number of positive reviews tested: {evaluation.tested['positive']}",
        f"Number of negative reviews tested: {evaluation.tested['negative']}",
        "Displaying the confusion matrix:",
        " " * 15 + "".join(f"{'predicted ' + opinion:>20}" for opinion in OPINIONS),
    ]
    for opinion, row in zip(OPINIONS, evaluation.percentages, strict=True):
        lines.append(f"{'true ' + opinion:>13}: " + "".join(f"{share:>19.3f}%" for share in row))
    return "\n".join(lines)


def confusion_heatmaps(evaluations):
    """One heatmap of reviews for each network.  `evaluations`: name -> Evaluation."""
    figure, all_axes = plt.subplots(
        1, len(evaluations), figsize=(COLUMN * len(evaluations), 3), squeeze=False, layout="constrained"
    )
    for axes, (name, evaluation) in zip(all_axes[0], evaluations.items(), strict=True):
        counts = evaluation.confusion
        axes.imshow(counts, cmap="Blues")
        for (row, column), reviews in np.ndenumerate(counts):
            colour = "white" if reviews > counts.max() / 2 else "black"
            axes.text(column, row, reviews, ha="center", va="center", color=colour)
        axes.set_xticks(range(2), [f"predicted {opinion}" for opinion in OPINIONS])
        axes.set_yticks(range(2), [f"true {opinion}" for opinion in OPINIONS])
        axes.set_title(f"{name}: {evaluation.accuracy:.2%}")
    return shown_once(figure)


def loss_curves(progresses):
    """Training loss against reviews read.  `progresses`: name -> Progress."""
    figure, axes = plt.subplots(figsize=(2 * COLUMN, 3), layout="constrained")
    for name, progress in progresses.items():
        axes.plot([read for read, _, _ in progress.curve], [loss for _, _, loss in progress.curve], label=name)
    axes.set(xlabel="reviews read", ylabel="training loss")
    axes.legend()
    axes.grid(alpha=0.3)
    return shown_once(figure)


def accuracy_by_length(evaluations):
    """Accuracy against the length of a review.  `evaluations`: name -> Evaluation."""
    figure, axes = plt.subplots(figsize=(2 * COLUMN, 3), layout="constrained")
    for name, evaluation in evaluations.items():
        rows = evaluation.by_length()
        axes.plot([words for words, _, _ in rows], [accuracy for _, _, accuracy in rows], "o-", label=name)
    axes.set(xlabel="words of the review that have a vector", ylabel="accuracy", ylim=(0, 1))
    axes.legend()
    axes.grid(alpha=0.3)
    return shown_once(figure)


def shown_once(figure):
    """The same figure, which a notebook then shows as a cell's result, and not once more by itself."""
    plt.close(figure)
    return figure
