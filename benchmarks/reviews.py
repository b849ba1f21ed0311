"""Training on reviews of any length: one at a time, as published, and in batches of about the same length.

Both ways take every step of an epoch on the very same reviews, drawn from all lengths, with the gating lab's own
training step and one thread.  A round does each way once, in turn.  Times are for each word that a review has, not for
its padding; of a clock and, beside it, of the processor alone, which others' work on the machine disturbs less.
"""

import os
import time
from contextlib import redirect_stdout

import torch
from rich.table import Table
from tqdm import tqdm

from benchmarks.training import medians
from grading.build.solution import solution_classes
from grading.room import open_room
from labs.gating.recipe_inputs import NETWORKS, build, read_sets
from labs.gating.training import BATCHED, PUBLISHED, EncodedReviews, order_of_epoch, train_step

WAYS = {"one at a time": PUBLISHED, "batches of 32": BATCHED}
ROUNDS = {True: 1, False: 3}  # True: a quick run
REVIEWS = {True: 64, False: 640}


def measure(quick=False):
    """{"archive": ..., "reviews": ..., "words": ..., network: {way: times of a word, of each round}}."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):
        sets = read_sets()
    reviews = sample(sets.train, REVIEWS[quick])
    classes = solution_classes(open_room("gating"))
    found = {network: {way: [] for way in WAYS} for network in NETWORKS}
    with tqdm(total=ROUNDS[quick] * len(NETWORKS) * len(WAYS), desc="reviews", disable=None) as bar:
        for number in range(ROUNDS[quick]):
            for network in NETWORKS:
                for way in WAYS if number % 2 else reversed(WAYS):
                    found[network][way].append(time_epoch(build(classes, network, 300, seed=0), reviews, WAYS[way]))
                    bar.update()
    torch.set_num_threads(threads)
    words = int(reviews.lengths.sum())
    return {"archive": sets.size, "reviews": len(reviews.rows), "words": words} | found


def sample(reviews, number):
    """So many EncodedReviews at equal distances, so that categories, opinions and lengths are mixed as in all."""
    chosen = torch.linspace(0, len(reviews.rows) - 1, min(number, len(reviews.rows))).long()
    return EncodedReviews([reviews.rows[place] for place in chosen], reviews.labels[chosen], reviews.table)


def time_epoch(network, reviews, recipe):
    """(seconds, processor's seconds) of a word, over one epoch."""
    optimizer = torch.optim.Adam(network.parameters(), lr=recipe.learning_rate)
    order = order_of_epoch(reviews, recipe, seed=0, epoch=1)
    train_step(network, optimizer, reviews, order[0])  # warms up
    clock, processor = time.perf_counter(), time.process_time()
    for chosen in order:
        train_step(network, optimizer, reviews, chosen)
    seconds = time.perf_counter() - clock, time.process_time() - processor
    return [each / int(reviews.lengths.sum()) for each in seconds]


def table(found):
    """Medians of each way, and how many times as fast the batches are."""
    title = f"training on {found['reviews']} reviews of archive {found['archive']} ({found['words']} words), a word"
    shown = Table(title=title)
    for heading in ("", "microseconds", "faster by", "processor's", "faster by"):
        shown.add_column(heading, justify="right" if heading else "left")
    slow = next(iter(WAYS))
    for network in NETWORKS:
        base = medians(found[network][slow])
        for way in WAYS:
            times = medians(found[network][way])
            cells = ((f"{1e6 * own:.0f}", f"{theirs / own:.1f}") for own, theirs in zip(times, base, strict=True))
            shown.add_row(f"{network}: {way}", *(cell for pair in cells for cell in pair))
    return shown
