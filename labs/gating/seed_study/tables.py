"""What the study prints: both networks beside what was reported, and in sentences whether they differ."""

import numpy as np
from rich.table import Table

from grading.intervals import interval
from labs.gating.evaluation import length_classes
from labs.gating.recipe import reported
from labs.gating.recipe_inputs import NETWORKS
from labs.gating.seed_study.differences import Difference


def measured_table(runs, clean_runs, sets):
    """Means over the seeds with their 95 % intervals, as a rich Table.

    runs, clean_runs  network -> its Runs; clean ones were trained without the repeated reviews, and may be none
    """
    seeds = len(runs[NETWORKS[0]])
    table = Table(title=f"{seeds} seeds, archive {sets.size}: means over the seeds, and their 95 % intervals")
    table.add_column("")
    for network in NETWORKS:
        table.add_column(network, justify="right")

    def add(title, measure, of=runs, tell=percent):
        table.add_row(title, *(tell(interval([measure(run) for run in of[network]])) for network in NETWORKS))

    repeated, unseen = sets.repeated, ~sets.repeated
    table.add_row("reported, one run", *(reported(network, sets.size) for network in NETWORKS))
    add(f"accuracy, {len(repeated)} test reviews", lambda run: run.right.mean())
    add(f"without the {repeated.sum()} repeated", lambda run: run.right[unseen].mean())
    add("what the repeated add, points", lambda run: run.right.mean() - run.right[unseen].mean())
    add("on the repeated alone", lambda run: run.right[repeated].mean())
    if clean_runs:
        add("the same, never trained on", lambda run: run.right[repeated].mean(), of=clean_runs)
    for words, chosen in length_classes(sets.test.lengths.numpy()).items():
        add(f"{words} words, {chosen.sum()} reviews", lambda run, chosen=chosen: run.right[chosen].mean())
    add("training loss, last epoch", lambda run: run.loss, tell=plain)
    add("minutes a run", lambda run: run.seconds / 60, tell=lambda found: f"{found.mean:.1f}")
    return table


def percent(found):
    return plain(found, 100, 2)


def plain(found, factor=1, digits=4):
    """mean [low, high], and the mean alone where there is one seed."""
    mean, low, high = (f"{factor * value:.{digits}f}" for value in (found.mean, found.low, found.high))
    return mean if np.isnan(found.low) else f"{mean} [{low}, {high}]"


def answers(runs, clean_runs, sets):
    """Is the difference between the two networks real, and how much was memory?  Sentences."""
    first, second = (np.stack([run.right for run in runs[network]]) for network in NETWORKS)
    yield from told_difference("all test reviews", Difference.of(first, second))
    unseen = ~sets.repeated
    yield from told_difference("without the repeated ones", Difference.of(first[:, unseen], second[:, unseen]))
    for network in NETWORKS if clean_runs else ():
        yield from told_memory(network, runs[network], clean_runs[network], sets.repeated)


def told_difference(which, difference):
    """The GRU less the minimal gated unit, with the intervals, and what follows."""
    yield f"GRU less minimal gated unit, {which}, in points:"
    for title, found in {
        "other seeds": difference.over_seeds,
        "other reviews": difference.over_reviews,
        "both": difference.over_both,
    }.items():
        yield f"  {title:<14}{percent(found)}"
    small = sum(p < 0.05 for p in difference.mcnemar)
    told = ", ".join(f"{p:.2g}" for p in difference.mcnemar)
    yield f"  McNemar's p, seed by seed: {told}; below 0.05 with {small} of {len(difference.mcnemar)} seeds"
    yield f"  {verdict(difference)}"


def verdict(difference):
    """One sentence, by the interval over seeds and reviews."""
    both = difference.over_both
    if np.isnan(both.low):
        return "One seed says nothing about others: train more."
    if both.excludes_zero:
        better = NETWORKS[0] if both.mean > 0 else NETWORKS[1]
        return f"The difference is real: the {better} is right more often, with other seeds and on other reviews, too."
    if difference.over_seeds.excludes_zero:
        return "On these reviews the difference is more than chance of the seed; other reviews might turn it round."
    return "No difference was shown: it is not larger than what seeds and reviews make by chance."


def told_memory(network, runs, clean_runs, repeated):
    """What knowing the repeated reviews gave: the same reviews, trained on and not, with the same seeds."""
    gains = [
        run.right[repeated].mean() - other.right[repeated].mean() for run, other in zip(runs, clean_runs, strict=True)
    ]
    whole = [run.right.mean() - other.right.mean() for run, other in zip(runs, clean_runs, strict=True)]
    yield f"Memory, {network}, beside the same seeds without the repeated reviews, for word2vec too, in points:"
    yield f"  on these {repeated.sum():<5}{percent(interval(gains))}"
    yield f"  on all {len(repeated):<7}{percent(interval(whole))}"
