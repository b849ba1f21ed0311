"""The whole recipe with the solution's classes: train both models, and set measured beside reported."""

import time
from dataclasses import dataclass
from pathlib import Path

import torch
from rich.table import Table

from assignment import experiments, figures, training
from assignment.documents import CLASSES, UnusableData, find_documents, practice_file
from assignment.environment import pick_device
from assignment.preprocessing import make_loader
from assignment.recipe_inputs import EPOCHS, SIZES, read_sets

__all__ = ["UnusableData", "train"]

# What the student reported whom the handout's readers know: percent, and the epoch where it was told.
REPORTED = {
    "RNN": {"epoch 1": "26.95", "peak": "45.81 (epoch 6)", "last": "45.21", "test": "45.51"},
    "GRU": {"epoch 1": "not reported", "peak": "76.05 (epoch 18)", "last": "71.86", "test": "73.65"},
}


@dataclass(frozen=True)
class Trained:
    """One trained model and what was measured; accuracies are fractions."""

    history: training.History
    test_last: float
    test_best: float
    confusions: object
    reach_before: object
    reach_after: object
    seconds: float


def train(classes, folder="trained", epochs=None, seed=0):
    """Train the vanilla RNN and the GRU of `classes` on df_file.csv, or the practice corpus: (table, results).

    Checkpoints, figures and the table go into `folder`; run again, it goes on where it stopped.
    """
    folder = Path(folder)
    sets, index_word = read_sets(find_documents() or practice_file())
    loaders = [make_loader(*part, shuffle=number == 0) for number, part in enumerate(sets)]
    models = {"RNN": classes["VanillaRNN"], "GRU": classes["GRUModel"]}
    results = {
        name: train_one(name, kind, loaders, folder, (epochs or EPOCHS)[name], seed) for name, kind in models.items()
    }
    tfidf = experiments.tfidf_accuracy(sets[0], sets[2], index_word)
    draw(results, tfidf, folder / "figures")
    return measured_table(results, tfidf), results


def train_one(name, kind, loaders, folder, epochs, seed):
    """Train one model, and measure it after its last and at its best epoch."""
    train_loader, valid_loader, test_loader = loaders
    torch.manual_seed(seed)
    model = kind(*SIZES).to(pick_device())
    reach_before = experiments.gradient_reach(model, valid_loader)
    start = time.perf_counter()
    history = training.train_model(
        model, train_loader, valid_loader, name=name.lower(), epochs=epochs, folder=folder, seed=seed
    )
    seconds = time.perf_counter() - start
    scores, labels = training.predict(model, test_loader)
    reach_after = experiments.gradient_reach(model, valid_loader)
    training.load_best(model, name.lower(), folder)
    return Trained(
        history=history,
        test_last=training.accuracy(scores, labels),
        test_best=training.evaluate_model(model, test_loader)[1],
        confusions=figures.count_confusions(scores, labels, len(CLASSES)),
        reach_before=reach_before,
        reach_after=reach_after,
        seconds=seconds,
    )


def draw(results, tfidf, folder):
    """The notebook's figures, as PNG and PDF."""
    bars = {}
    for name, trained in results.items():
        bars |= {f"{name} last": trained.test_last, f"{name} best": trained.test_best}
    reaches = {f"{name} before": trained.reach_before for name, trained in results.items()}
    reaches |= {f"{name} after": trained.reach_after for name, trained in results.items()}
    drawn = {
        "learning_curves": figures.learning_curves({name: trained.history for name, trained in results.items()}),
        "confusion_matrices": figures.confusion_matrices({n: t.confusions for n, t in results.items()}, CLASSES),
        "test_accuracy": figures.accuracy_bars(bars, tfidf),
        "gradient_reach": figures.gradient_curves(reaches),
    }
    for name, figure in drawn.items():
        figures.keep(figure, name, folder)


def measured_table(results, tfidf):
    """Reported beside measured, as a rich Table."""
    table = Table(title="Accuracy in percent: reported by a student, and measured now")
    for title in ("", "RNN reported", "RNN measured", "GRU reported", "GRU measured"):
        table.add_column(title, justify="left" if not title else "right")
    rows = {
        "validation, epoch 1": ("epoch 1", lambda t: percent(t.history.valid_accuracy[0])),
        "validation, peak": ("peak", peak),
        "validation, last epoch": ("last", lambda t: percent(t.history.valid_accuracy[-1])),
        "test, last epoch": ("test", lambda t: percent(t.test_last)),
        "test, best checkpoint": (None, lambda t: f"{percent(t.test_best)} (epoch {t.history.best_epoch})"),
        "training, last epoch": (None, lambda t: percent(t.history.train_accuracy[-1])),
        "minutes": (None, lambda t: f"{t.seconds / 60:.1f}"),
    }
    for title, (key, tell) in rows.items():
        cells = [cell for name in ("RNN", "GRU") for cell in (REPORTED[name].get(key, ""), tell(results[name]))]
        table.add_row(title, *cells)
    table.caption = f"TF-IDF with logistic regression on the same words: {percent(tfidf)} on test."
    return table


def peak(trained):
    best = max(trained.history.valid_accuracy)
    return f"{percent(best)} (epoch {1 + trained.history.valid_accuracy.index(best)})"


def percent(fraction):
    return f"{100 * fraction:.2f}"
