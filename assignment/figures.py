"""The figures: each is made by one function and shown with a caption and an alternative text."""

import base64
import functools
import io
from html import escape
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import HTML, display

RNN_COLOUR, GRU_COLOUR, OTHER_COLOUR = "#D55E00", "#0072B2", "#666666"  # told apart by every kind of eye
COLUMN = 3.25  # inches: the width of a CVPR column; the text around it is 9 points high
STYLE = {"font.size": 8, "axes.titlesize": 9, "legend.fontsize": 7, "legend.frameon": False, "axes.linewidth": 0.6}


def drawn_in_style(draw):
    """Make `draw` use the fonts and lines of a report, and leave the student's own plots alone."""

    @functools.wraps(draw)
    def in_style(*arguments):
        with plt.rc_context(STYLE):
            return draw(*arguments)

    return in_style


def keep(figure, name, folder="figures"):
    """Save a figure as PNG and PDF in `folder`, one or two CVPR columns wide."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    figure.savefig(Path(folder) / f"{name}.pdf", bbox_inches="tight")
    figure.savefig(Path(folder) / f"{name}.png", bbox_inches="tight", dpi=300)


def show(figure, name, caption, alt):
    """Keep a figure, and display it with its caption and alternative text."""
    keep(figure, name)
    picture = io.BytesIO()
    figure.savefig(picture, format="png", bbox_inches="tight", dpi=110)
    plt.close(figure)
    source = base64.b64encode(picture.getvalue()).decode()
    display(
        HTML(
            f'<figure><img alt="{escape(alt)}" src="data:image/png;base64,{source}" style="background:white">'
            f"<figcaption>{escape(caption)}</figcaption></figure>"
        )
    )


@drawn_in_style
def learning_curves(histories, bands=()):
    """Accuracy after each epoch, training dashed and validation solid.  `histories`: name -> History.

    bands   name -> (low, high) after each epoch: where the validation accuracies of most right runs lie
    """
    figure, axes = plt.subplots(figsize=(COLUMN, 2.3), layout="constrained")
    for name, history in histories.items():
        epochs = range(1, history.epochs + 1)
        if name in bands:
            low, high = (edge[: history.epochs] for edge in bands[name])
            axes.fill_between(epochs[: len(low)], low, high, color=colour_of(name), alpha=0.15, linewidth=0)
        axes.plot(epochs, history.train_accuracy, "--", color=colour_of(name), label=f"{name} training")
        axes.plot(epochs, history.valid_accuracy, "-", color=colour_of(name), label=f"{name} validation")
        axes.plot(history.best_epoch, history.valid_accuracy[history.best_epoch - 1], "o", color=colour_of(name))
    axes.set(xlabel="epoch", ylabel="accuracy", ylim=(0, 1))
    axes.xaxis.get_major_locator().set_params(integer=True, min_n_ticks=1)
    axes.legend()
    axes.grid(alpha=0.3)
    return figure


@drawn_in_style
def confusion_matrices(counts, class_names):
    """Rows: true class, columns: predicted.  `counts`: name -> (classes, classes) array of documents."""
    figure, all_axes = plt.subplots(
        1, len(counts), figsize=(COLUMN * len(counts), 3), squeeze=False, layout="constrained"
    )
    for axes, (name, matrix) in zip(all_axes[0], counts.items(), strict=True):
        axes.imshow(matrix, cmap="Blues")
        for (row, column), documents in np.ndenumerate(matrix):
            dark = documents > matrix.max() / 2
            axes.text(column, row, documents, ha="center", va="center", color="white" if dark else "black")
        ticks = range(len(class_names))
        axes.set_xticks(ticks, class_names, rotation=40, ha="right")
        axes.set_yticks(ticks, class_names)
        axes.set(title=name, xlabel="predicted", ylabel="true")
    return figure


def count_confusions(scores, labels, classes):
    """Confusion counts (true, predicted) from scores (N, classes) and labels (N,)."""
    counts = np.zeros((classes, classes), dtype=int)
    np.add.at(counts, (np.asarray(labels), np.asarray(scores).argmax(axis=1)), 1)
    return counts


@drawn_in_style
def accuracy_bars(accuracies, baseline):
    """Test accuracies as bars (name -> fraction), with a line for TF-IDF and logistic regression."""
    figure, axes = plt.subplots(figsize=(COLUMN, 2.3), layout="constrained")
    bars = axes.bar(list(accuracies), list(accuracies.values()), color=[colour_of(name) for name in accuracies])
    axes.bar_label(bars, labels=[f"{value:.1%}" for value in accuracies.values()], fontsize=7)
    axes.axhline(baseline, color=OTHER_COLOUR, linestyle=":")
    axes.annotate(f"TF-IDF + logistic regression {baseline:.1%}", (0.02, baseline + 0.02), fontsize=7,
                  xycoords=("axes fraction", "data"), color=OTHER_COLOUR)  # fmt: skip
    axes.set(ylabel="test accuracy", ylim=(0, 1.12), yticks=np.linspace(0, 1, 6))  # a line at 1, and its name above
    return figure


@drawn_in_style
def gradient_curves(reaches):
    """Relative gradient against the steps back from the end.  `reaches`: label -> (T,) of gradient_reach."""
    figure, axes = plt.subplots(figsize=(COLUMN, 2.3), layout="constrained")
    for label, reach in reaches.items():
        style = ":" if "before" in label else "-"
        axes.semilogy(np.where(reach > 1e-16, reach, np.nan), style, color=colour_of(label), label=f"{label} training")
    axes.set(xlabel="steps back from the last word", ylabel="relative size of the gradient", ylim=(1e-16, 1e3))
    axes.legend()
    axes.grid(alpha=0.3)
    return figure


def colour_of(name):
    """One colour for each model in every figure."""
    return RNN_COLOUR if "RNN" in name else GRU_COLOUR if "GRU" in name else OTHER_COLOUR
