"""The tables and figures of docs/experiments.md, out of the results that are kept.

A table stands in the page between two comments, `<!-- table NAME -->` and `<!-- end -->`; what lies between them is
written here, the sentences around them by hand.
"""

import re

import matplotlib.pyplot as plt
import numpy as np

from assignment.figures import GRU_COLOUR, RNN_COLOUR, drawn_in_style
from assignment.recipe import REPORTED
from assignment.references.collected import read_collected
from assignment.references.kept import DamagedReference
from assignment.references.plan import DISTRIBUTIONS, NEWS, PRACTICE, interventions_of
from grading.intervals import interval
from grading.room import REPOSITORY
from grading.whole_files import write_whole

PAGE = REPOSITORY / "docs" / "experiments.md"
FIGURES = REPOSITORY / "docs" / "figures"
SECTION = re.compile(r"(<!-- table (?P<name>[^>]+?) -->\n)(?P<table>.*?)(<!-- end -->)", re.DOTALL)


def make(room, *_, **__):
    """Write the tables into the page, and the figures beside it: sentences on what was done."""
    text = PAGE.read_text(encoding="utf-8")
    new = with_tables(text)
    if new != text:
        write_whole(PAGE, new)
    yield f"{PAGE.name}: {'written' if new != text else 'current'}"
    for name, draw in FIGURE_OF.items():
        draw_figure(name, draw)
        yield f"{name}.svg written"


def check(room, *_, **__):
    """The tables that say something else than the results that are kept, a sentence each."""
    found = SECTION.finditer(PAGE.read_text(encoding="utf-8"))
    return [
        f"{PAGE.name}: the table {section['name']} is stale"
        for section in found
        if section["table"] != table(section["name"])
    ]


def with_tables(text):
    """The page with every table as it would be written now."""
    return SECTION.sub(lambda found: f"{found[1]}{table(found['name'])}{found[4]}", text)


def table(name):
    """One table in Markdown, by its name: a kind and the documents.  Raises DamagedReference for an unknown one."""
    kind, _, documents = name.partition(" on ")
    if kind not in TABLES or documents not in (NEWS, PRACTICE):
        raise DamagedReference(f"{PAGE.name} asks for a table {name!r}, which nobody makes; correct its name.")
    return "".join(f"{line}\n" for line in TABLES[kind](documents))


def distributions(documents):
    """How the two models' accuracies are spread."""
    yield "| | runs | lowest | 10 % | median | 90 % | highest |"
    yield "| --- " + "| ---: " * 6 + "|"
    names = {
        "train_last": "training, last epoch",
        "valid_highest": "validation, highest of all epochs",
        "valid_last": "validation, last epoch",
        "test_last": "test, last epoch",
        "test_best": "test, best checkpoint",
    }
    for model in DISTRIBUTIONS:
        kept = read_collected(model, documents)
        for key, words in names.items() if kept else ():
            quantiles = np.quantile(kept.ends[key], (0, 0.1, 0.5, 0.9, 1))
            cells = " | ".join(f"{100 * value:.1f}" for value in quantiles)
            yield f"| {model}: {words} | {len(kept.seeds)} | {cells} |"


def reported(documents):
    """Where the student whom the handout's readers know lies among these runs."""
    yield "| | reported | runs below | of | lowest | median | highest |"
    yield "| --- " + "| ---: " * 6 + "|"
    for model in DISTRIBUTIONS:
        kept = read_collected(model, documents)
        for key, (words, values) in measured_as_reported(kept).items() if kept else ():
            if key in REPORTED[model] and REPORTED[model][key][0].isdigit():
                value = float(REPORTED[model][key].split()[0]) / 100
                low, middle, high = (f"{100 * each:.1f}" for each in np.quantile(values, (0, 0.5, 1)))
                below = sum(each < value for each in values)
                yield f"| {model}: {words} | {100 * value:.2f} | {below} | {len(values)} | {low} | {middle} | {high} |"


def measured_as_reported(kept):
    """What was reported: its key in REPORTED -> (its words, the same of each run)."""
    return {
        "epoch 1": ("validation, epoch 1", [curve[0] for curve in kept.curves["valid_accuracy"]]),
        "peak": ("validation, highest", kept.ends["valid_highest"]),
        "last": ("validation, last epoch", kept.ends["valid_last"]),
        "test": ("test, last epoch", kept.ends["test_last"]),
    }


def interventions(documents):
    """What each change of one thing does to the test accuracy after the last epoch."""
    yield "| what is trained | runs | training | test, last epoch | against the recipe, same seeds |"
    yield "| --- " + "| ---: " * 4 + "|"
    for model in DISTRIBUTIONS:
        recipe = read_collected(model, documents)
        for variant in (model, *interventions_of(model)) if recipe else ():
            kept = read_collected(variant, documents)
            if kept:
                yield row(variant, kept, None if variant == model else recipe)


def row(variant, kept, recipe):
    """A variant's accuracies with their intervals, beside the recipe's with the same seeds."""
    tests = np.array(kept.ends["test_last"])
    beside = ""
    if recipe:
        paired = dict(zip(recipe.seeds, recipe.ends["test_last"], strict=True))
        beside = interval([test - paired[seed] for seed, test in zip(kept.seeds, tests, strict=True)]).in_points("+")
    trained = f"{100 * np.mean(kept.ends['train_last']):.1f}"
    return f"| {variant} | {len(tests)} | {trained} | {interval(tests).in_points()} | {beside} |"


def reaches(documents):
    """How far back the gradient reaches, before and after training: medians over the seeds."""
    steps = (5, 10, 20, 40, 80)
    yield "| what is trained | when | " + " | ".join(f"{step} back" for step in steps) + " |"
    yield "| --- | --- " + "| ---: " * len(steps) + "|"
    for variant in ("RNN", "GRU", "RNN, orthogonal start", "RNN, identity start", "RNN, ReLU and identity start"):
        kept = read_collected(variant, documents)
        for when, rows in kept.reaches.items() if kept else ():
            middle = dict(zip(kept.reach_at, np.median(rows, axis=0), strict=True))
            cells = " | ".join(f"{middle[step]:.0e}" for step in steps)
            yield f"| {variant} | {when} training | {cells} |"


@drawn_in_style
def draw_interventions(documents):
    """Every seed's test accuracy as a dot, a row for each change."""
    variants = [name for model in DISTRIBUTIONS for name in (model, *interventions_of(model))]
    kept = {name: found for name in variants if (found := read_collected(name, documents))}
    figure, axes = plt.subplots(figsize=(6.5, 0.19 * len(kept) + 0.6), layout="constrained")
    for height, (name, found) in enumerate(reversed(kept.items())):
        colour = RNN_COLOUR if name.startswith("RNN") else GRU_COLOUR
        tests = np.array(found.ends["test_last"])
        axes.plot(tests, np.full(len(tests), height), "|", color=colour, alpha=0.5, markersize=7)
        axes.plot(tests.mean(), height, "o", color=colour, markersize=4)
    axes.set_yticks(range(len(kept)), list(reversed(kept)))
    axes.set(xlabel=f"test accuracy after the last epoch, {documents}", xlim=(0.15, 1))
    axes.grid(alpha=0.3, axis="x")
    return figure


def draw_figure(name, draw):
    """A figure as SVG without a date, so that the same results give the same bytes."""
    FIGURES.mkdir(parents=True, exist_ok=True)
    with plt.rc_context({"svg.hashsalt": name}):
        figure = draw()
        figure.savefig(FIGURES / f"{name}.svg", metadata={"Date": None})
    plt.close(figure)


TABLES = {
    "distributions": distributions,
    "reported": reported,
    "interventions": interventions,
    "gradient reach": reaches,
}
FIGURE_OF = {"interventions_news": lambda: draw_interventions(NEWS)}
