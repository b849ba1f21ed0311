"""Both networks with many seeds: each run is a file, written whole, and what was stopped goes on where it was."""

import json
import os
from contextlib import redirect_stdout
from dataclasses import asdict, dataclass, replace
from functools import cache, partial
from hashlib import sha256
from pathlib import Path

import numpy as np
import torch
from gensim import __version__ as gensim_version

from grading.build.solution import solution_classes, solution_files
from grading.jobs import as_done
from grading.mark.sources import sources_behind
from grading.mark.stamp import digest_of_files
from grading.report.progress import Progress
from grading.room import open_room
from grading.whole_files import write_whole
from labs.gating import training
from labs.gating.evaluation import evaluate
from labs.gating.recipe_inputs import archives_of, build, part_of, read_sets
from labs.gating.training import BATCHED
from labs.gating.word_vectors import find_vectors

TRAINED_BY = ("labs.gating.recipe_inputs", "labs.gating.evaluation")  # the modules behind a run, beside this one
UNDER_WAY = "under_way"  # the folder of trainings that were not finished


@dataclass(frozen=True)
class Job:
    """One training in batches: which network, which seed, on which archive, for how long.

    is_clean   without the training reviews that the test half repeats
    """

    network: str
    seed: int
    size: str
    epochs: int = BATCHED.epochs
    is_clean: bool = False

    @property
    def name(self):
        clean = "_clean" if self.is_clean else ""
        return f"{self.network.replace(' ', '_')}_{self.size}{clean}_seed_{self.seed}"


@dataclass(frozen=True)
class Run:
    """What one trained network made of the test half.

    right   (N,) bool: which test reviews it classified correctly
    loss    the mean training loss of its last epoch, as reported on the way; NaN where nothing was
    """

    job: Job
    right: np.ndarray
    loss: float
    seconds: float


def train_all(jobs, folder, *, processes=None, executor=None, shown=True):
    """The Run of each job, in their order.

    folder     keeps a file for each run; those that the same code made of the same reviews are kept
    executor   of concurrent.futures or like one; default: a process for each core
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    found = {job: kept_run(job, folder) for job in jobs}
    waiting = [job for job in jobs if found[job] is None]
    if waiting:
        with Progress(len(waiting), shown, task="training", unit="run", did="trained") as progress:
            if len(waiting) < len(jobs):
                progress.say(f"{len(jobs) - len(waiting)} of {len(jobs)} runs are in {folder} already.")
            for job, _ in as_done(partial(train_one, folder=folder), waiting, executor, processes):
                found[job] = kept_run(job, folder)
                progress.advance()
    return [found[job] for job in jobs]


def train_one(job, folder):
    """Train one network and write its file; what an executor runs."""
    torch.set_num_threads(1)  # two get in each other's way, and sums in another order end in other weights
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):
        sets = read_sets(job.size)
        reviews = part_of(sets.train, ~sets.taught) if job.is_clean else sets.train
        network = build(solution_classes(open_room("gating")), job.network, reviews.table.shape[1], job.seed)
        recipe = replace(BATCHED, epochs=job.epochs)
        progress = training.train(network, reviews, recipe, job.name, folder / UNDER_WAY, job.seed)
    result = evaluate(network, sets.test)
    losses = [loss for epoch, _, _, loss in progress.curve if epoch == job.epochs]
    measured = {
        "right": (result.labels == result.predicted).astype(int).tolist(),
        "loss": float(np.mean(losses)) if losses else None,
        "seconds": progress.seconds,
    }
    write_whole(place_of(job, folder), json.dumps({"identity": identity(job)} | measured) + "\n")
    (folder / UNDER_WAY / f"{job.name}_training.pt").unlink()


# Files


def place_of(job, folder):
    return folder / f"{job.name}.json"


def identity(job):
    """What must be the same for a run's file to be kept: code, networks, reviews, seed, epochs, torch, word vectors."""
    return asdict(job) | digests(job.size)


@cache
def digests(size):
    """Of the code, the solution's networks and the archives; which word vectors; versions of torch and gensim."""
    vectors, (_, paths) = find_vectors(), archives_of(size)
    solution = sorted(solution_files(open_room("gating")).items())
    return {
        "code": digest_of_files(repr(solution), [*sources_behind(*TRAINED_BY), Path(__file__)]),
        "archives": [sha256(path.read_bytes()).hexdigest() for path in paths],
        "vectors": [vectors.name, vectors.stat().st_size] if vectors else "word2vec",
        "gensim": gensim_version,
        "torch": torch.__version__,
    }


def kept_run(job, folder):
    """The Run in a job's file, or None where it is not there, damaged, or made by or from something else."""
    try:
        kept = json.loads(place_of(job, folder).read_text(encoding="utf-8"))
        if kept["identity"] != identity(job):
            return None
        right = np.array(kept["right"], dtype=bool)
        return Run(job, right, np.nan if kept["loss"] is None else float(kept["loss"]), float(kept["seconds"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
