"""Both networks in full on the reviews, reported beside measured: what `train` runs.  For instructors only."""

from pathlib import Path

import torch
from rich.table import Table

from labs.gating import training
from labs.gating.evaluation import accuracy_by_length, confusion_heatmaps, evaluate, loss_curves, report_text
from labs.gating.reviews import PRACTICE, find_archives, read_reviews, shared_reviews, unseen_reviews
from labs.gating.reviews import UnusableReviews as UnusableData
from labs.gating.training import BATCHED, describe_size, encode_reviews, save_weights
from labs.gating.word_vectors import obtain_vectors

__all__ = ["UnusableData", "train"]

REPORTED = {"GRU": "80.17", "minimal gated unit": "79.95"}  # percent, on the 200-review archives, one run each
HIDDEN = 100


def build(classes, name, dimensions):
    """A network of the homework's sizes."""
    if name == "GRU":
        return classes["GRUNet"](dimensions, HIDDEN, 2, num_layers=2)
    return classes["pmGRU"](dimensions, HIDDEN, 2, batch_size=1)


def train(classes, folder="trained", seed=0, recipe=BATCHED):
    """Train both networks: (table, name -> Evaluation).

    `recipe` may be PUBLISHED, an hour or so for each network.  Checkpoints, weights, figures and the vectors go into
    `folder`; run again, it goes on where it stopped.
    """
    folder = Path(folder)
    train_half, test_half = map(read_reviews, find_archives(200) or find_archives(PRACTICE))
    vectors = obtain_vectors(train_half, test_half, folder / "word_vectors")
    train_set, test_set = encode_reviews(train_half, vectors), encode_reviews(test_half, vectors)
    unseen = encode_reviews(unseen_reviews(train_half, test_half), vectors)
    table = Table(title="Test accuracy in percent: reported by the homework, and measured now")
    for title in ("", "reported", "measured", "unseen", "last loss", "minutes", "parameters"):
        table.add_column(title, justify="right" if title else "left")
    progresses, results = {}, {}
    for name, reported in REPORTED.items():
        torch.manual_seed(seed)
        model = build(classes, name, vectors.dimensions)
        file = f"{name.replace(' ', '_')}_{recipe.batch_size}_{seed}"
        progresses[name] = progress = training.train(model, train_set, recipe, file, folder, seed)
        save_weights(model, folder / f"{file}.pth")
        results[name] = result = evaluate(model, test_set)
        print(report_text(result))
        without = evaluate(model, unseen).accuracy
        measured = f"{100 * result.accuracy:.2f}", f"{100 * without:.2f}", f"{progress.curve[-1][3]:.4f}"
        table.add_row(name, reported, *measured, f"{progress.seconds / 60:.1f}", f"{describe_size(model)[1]:,}")
    shared = shared_reviews(train_half, test_half)
    table.caption = (
        f"Unseen: without the {shared.tested} of {len(test_half)} test reviews that are in the training half, too."
    )
    draw(progresses, results, folder / "figures")
    return table, results


def draw(progresses, results, folder):
    """The notebook's figures, as PNG and PDF."""
    folder.mkdir(parents=True, exist_ok=True)
    figures = {"loss": loss_curves(progresses), "confusion": confusion_heatmaps(results)}
    figures["accuracy_by_length"] = accuracy_by_length(results)
    for name, figure in figures.items():
        for kind in ("png", "pdf"):
            figure.savefig(folder / f"{name}.{kind}", bbox_inches="tight", dpi=300)
