"""The figures of docs/experiments.md, out of the results that are kept."""

from functools import partial
from io import BytesIO

import matplotlib.pyplot as plt
import numpy as np

from assignment.figures import colour_of, drawn_in_style
from assignment.references.bands import MIDDLE
from assignment.references.collected import read_collected, results_file
from assignment.references.kept import DamagedReference
from assignment.references.plan import DISTRIBUTIONS, NEWS, interventions_of
from assignment.references.rows import REACH_FLOOR, REACH_OF, dearest_first

WIDTH = 6.5  # inches


@drawn_in_style
def curves(documents):
    """Training and validation accuracy after each epoch: medians over the seeds, and where the middle 80 % lie."""
    figure, axes = plt.subplots(figsize=(WIDTH / 2, 2.3), layout="constrained")
    for model in DISTRIBUTIONS:
        kept = drawn_from(model, documents)
        for series, style in (("train_accuracy", "--"), ("valid_accuracy", "-")):
            rows = np.array(kept.curves[series])
            epochs = np.arange(1, rows.shape[1] + 1)
            label = f"{model}, {'training' if style == '--' else 'validation'}"
            axes.plot(epochs, np.median(rows, axis=0), style, color=colour_of(model), label=label)
            axes.fill_between(epochs, *np.quantile(rows, MIDDLE, axis=0), color=colour_of(model), alpha=0.15, lw=0)
    axes.set(xlabel="epoch", ylabel=f"accuracy, {documents}", ylim=(0, 1))
    axes.legend()
    axes.grid(alpha=0.3)
    return figure


@drawn_in_style
def interventions(documents):
    """Every seed's test accuracy, a row for each change."""
    names = [name for model in DISTRIBUTIONS for name in (model, *interventions_of(model))]
    kept = {name: found for name in names if (found := read_collected(name, documents))}
    return accuracies_in_rows({name: found.ends["test_last"] for name, found in kept.items()}, documents)


@drawn_in_style
def prices(documents):
    """Every seed's test accuracy with a known mistake, a row for each mistake; of each model the dearest last."""
    rows = {}
    for model in DISTRIBUTIONS:
        rows[model] = drawn_from(model, documents).ends["test_last"]
        rows |= {name: kept.ends["test_last"] for name, kept in reversed(dearest_first(model, documents).items())}
    return accuracies_in_rows(rows, documents)


def accuracies_in_rows(rows, documents):
    """A row for each name: its accuracies as strokes, their mean as a dot."""
    figure, axes = plt.subplots(figsize=(WIDTH, 0.19 * len(rows) + 0.6), layout="constrained")
    for height, (name, tests) in enumerate(reversed(rows.items())):
        colour = colour_of(name.upper())
        axes.plot(tests, np.full(len(tests), height), "|", color=colour, alpha=0.5, markersize=7)
        axes.plot(np.mean(tests), height, "o", color=colour, markersize=4)
    axes.set_yticks(range(len(rows)), list(reversed(rows)))
    axes.set(xlabel=f"test accuracy after the last epoch, {documents}", xlim=(0.15, 1))
    axes.grid(alpha=0.3, axis="x")
    return figure


@drawn_in_style
def reaches(documents):
    """How far back the gradient reaches, before training dotted and after it solid: medians over the seeds."""
    figure, several = plt.subplots(1, len(REACH_OF), figsize=(WIDTH, 1.9), layout="constrained", sharey=True)
    for axes, variant in zip(several, REACH_OF, strict=True):
        kept = drawn_from(variant, documents)
        for when, rows in kept.reaches.items():
            middle = np.median(rows, axis=0)
            middle[middle < REACH_FLOOR] = np.nan
            axes.semilogy(kept.reach_at, middle, ":" if when == "before" else "-", color=colour_of(variant))
        title = variant.replace(", ", ",\n").replace(" and ", "\nand ")
        axes.set(title=title, xlabel="steps back", ylim=(REACH_FLOOR, 10))
        axes.grid(alpha=0.3)
    several[0].set_ylabel("relative size of the gradient")
    return figure


def drawn_from(variant, documents):
    """A variant's Collected.  Raises DamagedReference where there is none: a figure without it would say less."""
    kept = read_collected(variant, documents)
    if kept is None:
        file = results_file(variant, documents).name
        raise DamagedReference(f"{file} is not there; make it: python -m grading reference --only trainings")
    return kept


def as_svg(name, draw):
    """A figure as SVG without a date, so that the same results give the same bytes."""
    file = BytesIO()
    with plt.rc_context({"svg.hashsalt": name}):
        figure = draw()
        figure.savefig(file, format="svg", metadata={"Date": None})
    plt.close(figure)
    return file.getvalue()


FIGURE_OF = {f"{draw.__name__}_news": partial(draw, NEWS) for draw in (curves, interventions, prices, reaches)}
