"""What stands in the tables of the documents' pages: each function gives one table's lines, in Markdown."""

import numpy as np

from assignment.learning_study import QUANTILES
from assignment.many_seeds.variants import MISTAKES
from assignment.marking.learning import MANIFEST
from assignment.other_runs import ROUNDING
from assignment.recipe import REPORTED
from assignment.references.baseline import baseline_file
from assignment.references.collected import read_collected
from assignment.references.kept import read_json
from assignment.references.plan import BOTH, DISTRIBUTIONS, interventions_of
from grading.intervals import interval

REACH_FLOOR = 1e-16  # below it the squares in a gradient's norm are too small for float32
REACH_OF = ("RNN", "GRU", "RNN, orthogonal start", "RNN, identity start", "RNN, ReLU and identity start")


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
    yield "| | reported | runs below | the same | of | lowest | median | highest |"
    yield "| --- " + "| ---: " * 7 + "|"
    for model in DISTRIBUTIONS:
        kept = read_collected(model, documents)
        for key, (words, values) in measured_as_reported(kept).items() if kept else ():
            if key in REPORTED[model] and REPORTED[model][key][0].isdigit():
                value = float(REPORTED[model][key].split()[0]) / 100
                low, middle, high = (f"{100 * each:.1f}" for each in np.quantile(values, (0, 0.5, 1)))
                equal = sum(abs(each - value) < ROUNDING for each in values)
                below = sum(each <= value - ROUNDING for each in values)
                cells = (f"{100 * value:.2f}", below, equal, len(values), low, middle, high)
                yield f"| {model}: {words} | {' | '.join(map(str, cells))} |"


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
    yield "| what is trained | epochs | runs | training | test, last epoch | against the recipe, same seeds |"
    yield "| --- " + "| ---: " * 5 + "|"
    for model in DISTRIBUTIONS:
        recipe = read_collected(model, documents)
        for variant in (model, *interventions_of(model)) if recipe else ():
            kept = read_collected(variant, documents)
            if kept:
                yield row(variant, kept, None if variant == model else recipe)


def probes(documents):
    """What a probe reads from the states of the recipe's own models, before and after training."""
    yield "| what is trained | when | runs | last state | mean of states | mean against last, same seeds |"
    yield "| --- | --- " + "| ---: " * 4 + "|"
    for model in DISTRIBUTIONS:
        kept = read_collected(f"{model}, probed", documents)
        for when in ("before training", "after training") if kept else ():
            last, mean = (kept.ends[f"{name}, {when}"] for name in ("last state", "mean of states"))
            gain = interval(np.subtract(mean, last)).in_points("+")
            cells = (model, when, len(last), interval(last).in_points(), interval(mean).in_points(), gain)
            yield f"| {' | '.join(map(str, cells))} |"


def baseline(documents):
    """What TF-IDF with logistic regression makes of the same words, whatever their order."""
    yield "| words that are shown | test |"
    yield "| --- | ---: |"
    kept = read_json(baseline_file(documents)) or {"tfidf": {}}
    for excerpt, accuracy in kept["tfidf"].items():
        yield f"| {excerpt} | {100 * accuracy:.1f} |"


def short_documents():
    """How many documents have fewer words than are shown, so that zeros fill them up."""
    yield "| documents | in all | with fewer than 100 words | of these in the test set |"
    yield "| --- " + "| ---: " * 3 + "|"
    for documents in BOTH:
        if kept := read_json(baseline_file(documents)):
            yield f"| {documents} | {kept['documents']['number']} | {kept['shorter']} | {kept['shorter in test']} |"


def row(variant, kept, recipe):
    """A variant's accuracies with their intervals, beside the recipe's with the same seeds."""
    tests = kept.ends["test_last"]
    trained = f"{100 * np.mean(kept.ends['train_last']):.1f}"
    beside = against(recipe, kept) if recipe else ""
    cells = (variant, kept.origin["trained"]["epochs"], len(tests), trained, interval(tests).in_points(), beside)
    return f"| {' | '.join(map(str, cells))} |"


def against(recipe, kept):
    """How much higher a variant's test accuracy is than the recipe's with the same seeds, in points, as text."""
    paired = dict(zip(recipe.seeds, recipe.ends["test_last"], strict=True))
    gains = [test - paired[seed] for seed, test in zip(kept.seeds, kept.ends["test_last"], strict=True)]
    return interval(gains).in_points("+")


def prices(documents):
    """What each known mistake does to the test accuracy after the last epoch; of each model the dearest first."""
    yield "| mistake | computes | runs | training | test, last epoch | against the recipe, same seeds |"
    yield "| --- | --- " + "| ---: " * 4 + "|"
    for model in DISTRIBUTIONS:
        recipe = read_collected(model, documents)
        for name, kept in dearest_first(model, documents).items() if recipe else ():
            trained, tested = (f"{100 * np.mean(kept.ends[end]):.1f}" for end in ("train_last", "test_last"))
            cells = (f"`{MISTAKES[name].formulas.wrong}`", len(kept.seeds), trained, tested, against(recipe, kept))
            yield f"| {name} | {' | '.join(map(str, cells))} |"


def dearest_first(model, documents):
    """name -> its Collected, of a model's known mistakes; the lowest test accuracies first."""
    found = {name: read_collected(name, documents) for name in MISTAKES if MISTAKES[name].model == model}
    there = {name: kept for name, kept in found.items() if kept}
    return dict(sorted(there.items(), key=lambda each: np.mean(each[1].ends["test_last"])))


def reaches(documents):
    """How far back the gradient reaches, before and after training: medians over the seeds."""
    steps = (5, 10, 20, 40, 80, 99)
    yield "| what is trained | when | " + " | ".join(f"{step} back" for step in steps) + " |"
    yield "| --- | --- " + "| ---: " * len(steps) + "|"
    for variant in REACH_OF:
        kept = read_collected(variant, documents)
        for when, rows in kept.reaches.items() if kept else ():
            middle = dict(zip(kept.reach_at, np.median(rows, axis=0), strict=True))
            cells = " | ".join(f"{middle[step]:.0e}" if middle[step] >= REACH_FLOOR else "" for step in steps)
            yield f"| {variant} | {when} training | {cells} |"


def false_alarms():
    """How often a right model of each class is taken for a broken one, at its threshold."""
    yield "| class | threshold, of 128 texts | odd seeds | with any right kind that fails | 95 % interval |"
    yield "| --- " + "| ---: " * 4 + "|"
    kept = read_json(MANIFEST, "false_alarms", "threshold") or {"false_alarms": {}}
    for class_name, found in kept["false_alarms"].items():
        low, high = (f"{100 * bound:.1f}" for bound in found["interval"])
        yield (
            f"| {class_name} | {kept['threshold'][class_name]} | {found['runs']} | {found['events']} "
            f"| {low} to {high} % |"
        )


def learning():
    """What the short training made of each kind of model."""
    yield "| class | kind | asked | runs | " + " | ".join(QUANTILES) + " | failed (odd seeds) | 95 % interval |"
    yield "| --- " * (6 + len(QUANTILES)) + "|"
    for class_name, kinds in (read_json(MANIFEST, "kinds") or {"kinds": {}})["kinds"].items():
        for kind, found in kinds.items():
            failed = found["failed, odd seeds"]
            low, high = (f"{100 * bound:.1f}" for bound in failed["interval"])
            cells = [class_name, kind, found["asked"], found["runs"], *(found[name] for name in QUANTILES)]
            cells += [f"{failed['events']} of {failed['runs']}", f"{low} to {high} %"]
            yield "| " + " | ".join(map(str, cells)) + " |"
