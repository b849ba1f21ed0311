"""Both networks in full on the reviews, reported beside measured: what `train` runs.  For instructors only."""

import json
import sys
from contextlib import redirect_stdout
from dataclasses import asdict
from pathlib import Path

import torch
from rich.table import Table
from tqdm.contrib import DummyTqdmFile

from grading.report import progress as progress_bar
from grading.whole_files import write_whole
from labs.gating import training
from labs.gating.evaluation import accuracy_by_length, confusion_heatmaps, evaluate, loss_curves, report_text
from labs.gating.recipe_inputs import FOUND, NETWORKS, build, read_sets
from labs.gating.reviews import PRACTICE, UnusableData
from labs.gating.training import BATCHED, PUBLISHED, describe_size, save_weights

__all__ = ["CHOICES", "UnusableData", "train"]

REPORTED = {"GRU": "80.17", "minimal gated unit": "79.95"}  # percent, one run each
REPORTED_ON = "200"  # the archives' size
RECIPES = {"batches": BATCHED, "published": PUBLISHED}
MODELS = {"both": NETWORKS, "GRU": NETWORKS[:1], "minimal": NETWORKS[1:]}
CHOICES = {"recipe": tuple(RECIPES), "model": tuple(MODELS), "reviews": (FOUND, "200", "40", "3", PRACTICE)}
COLUMNS = ("", "reported", "measured", "unseen", "training loss", "minutes", "parameters")


def train(classes, folder="trained", seed=0, recipe="batches", model="both", reviews=FOUND):
    """Train one network or both: (table, name -> Evaluation).  Raises UnusableData.

    `published` takes an hour of a core for the GRU, and half an hour for the other.  Checkpoints, weights, figures and
    numbers go into `folder`, each file whole or not at all; run again after a stop, training goes on from its last
    report.
    """
    folder = Path(folder)
    torch.set_num_threads(1)  # two get in each other's way, and sums in another order end in other weights
    with redirect_stdout(DummyTqdmFile(sys.stderr)):  # results alone go to stdout
        sets = read_sets(reviews)
        about = f"{recipe}_{sets.size}_seed_{seed}"
        progresses, results, measured = {}, {}, {}
        for name in MODELS[model]:
            network = build(classes, name, sets.train.table.shape[1], seed)
            file = f"{name.replace(' ', '_')}_{about}"
            with Watch(name, RECIPES[recipe].epochs, len(sets.train.rows)) as watch:
                progress = training.train(network, sets.train, RECIPES[recipe], file, folder, seed, watch=watch)
            save_weights(network, folder / f"{file}.pth")
            progresses[name], results[name] = progress, evaluate(network, sets.test)
            measured[name] = numbers(network, progress, results[name], sets)
            write_whole(folder / f"{file}.json", json.dumps(measured[name], indent=1) + "\n")
            print(report_text(results[name]))
    draw(progresses, results, folder / "figures", f"{model}_{about}")
    return measured_table(measured, sets), results


class Watch:
    """A bar with the time left, or a line now and then, while reviews are read `epochs` times."""

    def __init__(self, name, epochs, reviews):
        self.name, self.epochs, self.reviews = name, epochs, reviews
        self.read = self.bar = None

    def __call__(self, progress):
        """Called with the Progress of the training, the first time as it was saved."""
        if self.bar is None:  # what was read before a break tells nothing about the time that is left
            total = self.epochs * self.reviews - progress.read
            self.bar = progress_bar.Progress(total, task=self.name, unit="review", did=f"read by the {self.name}")
        else:
            self.bar.advance(progress.read - self.read)
        self.read = progress.read

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.bar is not None:
            self.bar.__exit__()


def numbers(network, progress, result, sets):
    """What was measured of one network, ready for JSON."""
    tensors, parameters = describe_size(network)
    return {
        "accuracy": result.accuracy,
        "accuracy without repeated reviews": result.part(~sets.repeated).accuracy,
        "confusion": result.confusion.tolist(),
        "by length": result.by_length(),
        "tensors": tensors,
        "parameters": parameters,
        "torch": torch.__version__,
        "training": asdict(progress),
    }


def reported(network, size):
    """The accuracy that the homework tells of a network, in percent; it tells of one size alone."""
    return REPORTED[network] if size == REPORTED_ON else "-"


def measured_table(measured, sets):
    """Reported beside measured, as a rich Table.  `measured`: name -> its numbers."""
    table = Table(title=f"Test accuracy in percent, archive {sets.size}: reported by the homework, and measured now")
    for title in COLUMNS:
        table.add_column(title, justify="right" if title else "left")
    for name, known in measured.items():
        table.add_row(
            name,
            reported(name, sets.size),
            f"{100 * known['accuracy']:.2f}",
            "-" if (unseen := known["accuracy without repeated reviews"]) is None else f"{100 * unseen:.2f}",
            f"{known['training']['losses'][-1]:.4f}",  # the last epoch's mean
            f"{known['training']['seconds'] / 60:.1f}",
            f"{known['parameters']:,}",
        )
    repeated = f"{sets.repeated.sum()} of {len(sets.repeated)} test reviews"
    table.caption = f"Unseen: without the {repeated} that are in the training half, too."
    return table


def draw(progresses, results, folder, about):
    """The notebook's figures, as PNG and PDF, each whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    figures = {"loss": loss_curves(progresses), "confusion": confusion_heatmaps(results)}
    figures["accuracy_by_length"] = accuracy_by_length(results)
    for name, figure in figures.items():
        for kind in ("png", "pdf"):
            path = folder / f"{name}_{about}.{kind}"
            half_written = path.with_name(path.name + ".part")
            figure.savefig(half_written, format=kind, bbox_inches="tight", dpi=300)
            half_written.replace(path)
