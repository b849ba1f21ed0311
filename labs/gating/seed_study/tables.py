"""What the study prints: both networks beside what was reported, and in sentences whether they differ."""

import numpy as np
from rich.table import Table

from grading.intervals import interval
from labs.gating.evaluation import length_classes
from labs.gating.recipe import reported
from labs.gating.recipe_inputs import NETWORKS
from labs.gating.seed_study.differences import Difference


def measured_table(study):
    """Means over the seeds with their 95 % intervals, as a rich Table."""
    seeds = len(study.of_network(NETWORKS[0]))
    table = Table(title=f"{seeds} seeds, archive {study.size}: means over the seeds, and their 95 % intervals")
    table.add_column("")
    for network in NETWORKS:
        table.add_column(network, justify="right")
    for title, texts in measured_rows(study):
        table.add_row(title, *texts)
    return table


def measured_rows(study):
    """(title, what is said of each of NETWORKS) for each row."""
    repeated, unseen = study.repeated, ~study.repeated
    everything = np.ones(len(repeated), dtype=bool)

    def accuracies(chosen, is_clean=False):
        return [percent(interval(study.right(network, is_clean)[:, chosen].mean(axis=1))) for network in NETWORKS]

    def told(measure, tell):
        return [tell(interval([measure(run) for run in study.of_network(network)])) for network in NETWORKS]

    yield "reported, one run", [reported(network, study.size) for network in NETWORKS]
    yield f"accuracy, {len(repeated)} test reviews", accuracies(everything)
    if study.is_partly_repeated:
        yield f"without the {repeated.sum()} repeated", accuracies(unseen)
        yield "on the repeated alone", accuracies(repeated)
        if study.has_clean:
            yield "the same, never trained on", accuracies(repeated, is_clean=True)
    for words, chosen in length_classes(study.lengths).items():
        yield f"{words} words, {chosen.sum()} reviews", accuracies(chosen)
    yield "training loss, last epoch", told(lambda run: run.loss, lambda found: plain(found, digits=3))
    yield "minutes a run", told(lambda run: run.seconds / 60, lambda found: f"{found.mean:.1f}")


def percent(found):
    return plain(found, 100, 2)


def plain(found, factor=1, digits=4):
    """mean (low to high), and the mean alone where there is one seed."""
    mean, low, high = (f"{factor * value:.{digits}f}" for value in (found.mean, found.low, found.high))
    return mean if np.isnan(found.low) else f"{mean} ({low} to {high})"


def answers(study):
    """Is the difference between the two networks real, and how much was memory?  Sentences."""
    first, second = (study.right(network) for network in NETWORKS)
    unseen = ~study.repeated
    yield from told_difference("all test reviews", Difference.of(first, second))
    if study.is_partly_repeated:
        yield from told_difference("without the repeated ones", Difference.of(first[:, unseen], second[:, unseen]))
    yield "GRU less minimal gated unit by the length of a review, for other seeds and other reviews, in points:"
    for words, chosen in length_classes(study.lengths).items():
        yield f"  {words:<14}{percent(Difference.of(first[:, chosen], second[:, chosen]).over_both)}"
    for network in NETWORKS if study.has_clean and study.is_partly_repeated else ():
        yield from told_memory(network, study)


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


def told_memory(network, study):
    """What knowing the repeated reviews gave: the same reviews, trained on and not, with the same seeds.

    What the others gain is no memory, since neither training had them: it is what more reviews, and more steps, teach.
    """
    gains = study.right(network).astype(float) - study.right(network, is_clean=True)  # (seeds, N)
    repeated = study.repeated
    on_repeated = gains[:, repeated].mean(axis=1)
    yield f"Memory, {network}, beside the same seeds without the repeated reviews, for word2vec too, in points:"
    yield f"  on these {repeated.sum():<14}{percent(interval(on_repeated))}"
    yield f"  which of all {len(repeated):<8}is {percent(interval(on_repeated * repeated.mean()))}"
    yield f"  on the others, which neither knew: {percent(interval(gains[:, ~repeated].mean(axis=1)))}"
