"""The recipe's training: the readable reference, torch's own layers, and ours with one and with many seeds at once.

Everything has one thread, the same documents of the practice corpus, batches of 32 and Adam, and measures itself on the
validation set after each epoch; ours on the test set, too.  A round trains each way once, in turn.  Times are of a
clock and, beside it, of the processor alone, which others' work on the machine disturbs less.

    python -m benchmarks.training WAY MODEL BATCHES ROUNDS      one way by itself, its times as JSON
"""

import json
import os
import statistics
import subprocess
import sys
import time
from contextlib import redirect_stdout
from functools import cache

import torch
import torch.nn as nn
from rich.table import Table
from tqdm import tqdm

from assignment import training as recipe_training
from assignment.documents import practice_file
from assignment.many_seeds.training import Documents, DocumentSets, train_seeds
from assignment.many_seeds.variants import VARIANTS
from assignment.preprocessing import BATCH_SIZE, MAX_LENGTH, make_loader
from assignment.recipe_inputs import EMBEDDING, HIDDEN, SIZES, read_sets
from grading.build.solution import solution_classes
from grading.room import REPOSITORY, open_room

TITLE = "training, milliseconds of one seed for a batch of 32 and its share of the evaluation"
MODELS = {"RNN": (nn.RNN, "VanillaRNN", 1), "GRU": (nn.GRU, "GRUModel", 3)}  # torch's, ours, gates
READABLE, LIBRARY = "the readable reference", "torch.nn"
SEEDS = {"ours, 1 seed": 1, "ours, 8 seeds": 8, "ours, 16 seeds": 16}
WAYS = (READABLE, LIBRARY, *SEEDS)
IN_PAIRS = (LIBRARY, "ours, 8 seeds")  # two processes of these at a time, one for each core
ROUNDS = {True: 1, False: 5}  # True: a quick run
BATCHES = {True: 2, False: 8}  # of an epoch; the evaluation is cut down likewise
SHAPES = {
    "a step: (32, 128) x (128, 256)": (32, 128, 256),
    "all steps: (3200, 128) x (128, 384)": (3200, 128, 384),
    "large: (1024, 1024) x (1024, 1024)": (1024, 1024, 1024),
}


class TrainingFault(RuntimeError):
    """A process that trains has failed: its last words."""


class LibraryModel(nn.Module):
    """The recipe's model with torch's own recurrent layer, of its own convention."""

    def __init__(self, layer):
        super().__init__()
        self.embedding = nn.Embedding(*SIZES[:2])
        self.layer = layer(EMBEDDING, HIDDEN, batch_first=True)
        self.fc = nn.Linear(HIDDEN, SIZES[3])

    def forward(self, x):
        return self.fc(self.layer(self.embedding(x))[0][:, -1])


# One way


@cache
def readable_classes():
    return solution_classes(open_room())


@cache
def documents(batches):
    """The practice corpus's sets, the training set `batches` long, the others in proportion to it."""
    with redirect_stdout(sys.stderr):
        sets = read_sets(practice_file())[0]
    share = batches * BATCH_SIZE / len(sets[0][1])
    kept = [batches * BATCH_SIZE] + [round(share * len(labels)) for _, labels in sets[1:]]
    return [(tokens[:number], labels[:number]) for (tokens, labels), number in zip(sets, kept, strict=True)]


def train_once(way, model, batches):
    """Train one epoch of so many batches: (seconds, processor's seconds), each per seed and batch."""
    start = prepared(way, model, documents(batches))
    clock, processor = time.perf_counter(), time.process_time()
    start()
    times = time.perf_counter() - clock, time.process_time() - processor
    return [seconds / batches / SEEDS.get(way, 1) for seconds in times]


def prepared(way, model, sets):
    """A function that trains one epoch, models and documents being ready."""
    if way in SEEDS:
        parts = DocumentSets(*(Documents(torch.as_tensor(tokens), torch.as_tensor(labels)) for tokens, labels in sets))
        seeds = range(SEEDS[way])
        models = VARIANTS[model].fresh(seeds)
        return lambda: train_seeds(models, seeds, parts, epochs=1)
    layer, name, _ = MODELS[model]
    one = LibraryModel(layer) if way == LIBRARY else readable_classes()[name](*SIZES)
    train, valid = (make_loader(*part, shuffle=number == 0) for number, part in enumerate(sets[:2]))
    return lambda: train_recipe(one, train, valid)


def train_recipe(model, train_loader, valid_loader):
    """An epoch as `train_model` trains it, without its files."""
    optimizer = torch.optim.Adam(model.parameters(), lr=recipe_training.LEARNING_RATE)
    train_loader.generator.manual_seed(1)
    recipe_training.train_epoch(model, train_loader, optimizer, tqdm(disable=True))
    recipe_training.evaluate_model(model, valid_loader)


def measure_rounds(way, model, batches, rounds):
    """The times of so many rounds of one way, after one that warms up."""
    torch.set_num_threads(1)
    return [train_once(way, model, batches) for _ in range(rounds + 1)][1:]


def in_pairs(way, model, batches, rounds):
    """The same while two processes do it, each time halved: two batches are trained in it."""
    command = [sys.executable, "-m", "benchmarks.training", way, model, str(batches), str(rounds)]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    pair = [
        subprocess.Popen(command, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    told = [process.communicate() for process in pair]
    for process, (_, errors) in zip(pair, told, strict=True):
        if process.returncode:
            raise TrainingFault(f"`{way}` of the {model} failed: {errors.decode(errors='replace').strip()[-300:]}")
    return [[seconds / 2 for seconds in times] for output, _ in told for times in json.loads(output)]


# The arithmetic


def billions(model):
    """Billions of floating-point operations of a training step of 32 documents: forward, and backward twice that."""
    gates = MODELS[model][2]
    return 3 * 2 * BATCH_SIZE * MAX_LENGTH * gates * HIDDEN * (EMBEDDING + HIDDEN) / 1e9


def product_rates(seconds):
    """Billions of operations a second that torch.mm reaches on one thread, as the median over repeated products."""
    torch.set_num_threads(1)
    rates = {}
    for name, (rows, inner, columns) in SHAPES.items():
        left, right, out = torch.randn(rows, inner), torch.randn(inner, columns), torch.empty(rows, columns)
        repeats = max(1, round(2e7 / (rows * inner * columns)))
        times, end = [], time.perf_counter() + seconds
        while time.perf_counter() < end:
            start = time.process_time()
            for _ in range(repeats):
                torch.mm(left, right, out=out)
            times.append((time.process_time() - start) / repeats)
        rates[name] = 2 * rows * inner * columns / statistics.median(times) / 1e9
    return rates


# The subject


def measure(quick=False):
    """{"rates": ..., model: {way: times of each round}}; a pair's way is called `WAY, two processes`."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    batches, rounds = BATCHES[quick], ROUNDS[quick]
    found = {model: {way: [] for way in WAYS} for model in MODELS}
    with tqdm(total=len(MODELS) * ((rounds + 1) * len(WAYS) + len(IN_PAIRS)), desc="training", disable=None) as bar:
        for number in range(rounds + 1):
            for model in MODELS:
                for way in WAYS if number % 2 else reversed(WAYS):
                    times = train_once(way, model, batches)
                    if number:  # the first round warms up
                        found[model][way].append(times)
                    bar.update()
        for model in MODELS:
            for way in IN_PAIRS:
                found[model][pair_name(way)] = in_pairs(way, model, batches, rounds)
                bar.update()
    rates = product_rates(0.1 if quick else 2)
    torch.set_num_threads(threads)
    return {"rates": rates} | found


def pair_name(way):
    return f"{way}, two processes"


def table(found):
    """Medians of each way, how many times as fast as torch.nn by itself, and the share of the products' rate.

    Of two processes at a time the half of each one's: what both cores do, if no one else is on them.
    """
    shown = Table(title=TITLE)
    for heading in (
        "",
        "ms",
        "torch.nn / this",
        "processor's ms",
        "torch.nn / this",
        "Gflop/s",
        "of the products' rate",
    ):
        shown.add_column(heading, justify="right" if heading else "left")
    fastest = max(found["rates"].values())
    for model in MODELS:
        own = medians(found[model][LIBRARY])
        for way, rounds in found[model].items():
            clock, processor = medians(rounds)
            reached = billions(model) / processor
            shown.add_row(
                f"{model}: {way}", f"{1e3 * clock:.1f}", f"{own[0] / clock:.1f}", f"{1e3 * processor:.1f}",
                f"{own[1] / processor:.1f}", f"{reached:.0f}", f"{reached / fastest / (1 if way in WAYS else 2):.0%}",
            )  # fmt: skip
    steps = ", ".join(f"{model} {billions(model):.2f}" for model in MODELS)
    rates = "; ".join(f"{name} {rate:.0f}" for name, rate in found["rates"].items())
    shown.caption = f"Gflop of a step of 32 documents: {steps}. torch.mm, Gflop/s on one thread: {rates}."
    return shown


def medians(rounds):
    """(seconds, processor's seconds): the median of each over the rounds."""
    return [statistics.median(times) for times in zip(*rounds, strict=True)]


if __name__ == "__main__":
    way, model, batches, rounds = sys.argv[1:]
    print(json.dumps(measure_rounds(way, model, int(batches), int(rounds))))
