"""Both networks with many seeds: each run is a file, written whole, and what was stopped goes on where it was."""

import json
import os
from contextlib import redirect_stdout
from dataclasses import asdict, dataclass, field, replace
from functools import cache, partial
from hashlib import sha256
from pathlib import Path

import numpy as np
import torch

from grading.build.solution import solution_classes, solution_files
from grading.jobs import as_done
from grading.mark.sources import sources_behind
from grading.mark.stamp import digest_of_files
from grading.report.progress import Progress
from grading.room import RoomError, open_room
from grading.whole_files import write_whole
from labs.gating import training
from labs.gating.evaluation import evaluate
from labs.gating.recipe_inputs import build, read_sets
from labs.gating.training import BATCHED

TRAINED_BY = ("labs.gating.recipe_inputs", "labs.gating.evaluation")  # the modules behind a run, beside this one
UNDER_WAY = "under_way"  # the folder of trainings that were not finished


@dataclass(frozen=True)
class Job:
    """One training in batches: which network, which seed, on which archive, for how long.

    is_clean   without the training reviews that the test half repeats, for word2vec, too
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
    loss    the mean training loss of its last epoch
    made_from   digests of code and reviews, and the version of torch
    """

    job: Job
    right: np.ndarray
    loss: float
    seconds: float
    made_from: dict = field(default_factory=dict)


def train_all(jobs, folder, *, processes=None, executor=None, shown=True):
    """The Run of each job, in their order.

    folder     keeps a file for each run; those that the same code made of the same reviews are kept
    executor   of concurrent.futures or like one; default: a process for each core

    Raises ChangedWhileTrained.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    found = {job: kept_run(job, folder) for job in jobs}
    waiting = [job for job in jobs if found[job] is None]
    if waiting:
        with Progress(len(waiting), shown, task="training", unit="run", did="trained") as progress:
            if len(waiting) < len(jobs):
                progress.say(f"{len(jobs) - len(waiting)} of {len(jobs)} runs are in {folder} already.")
            train = partial(train_one, folder=folder, asked_for={job: identity(job) for job in waiting})
            for job, _ in as_done(train, waiting, executor, processes):
                found[job] = kept_run(job, folder)
                progress.advance()
    return [found[job] for job in jobs]


class ChangedWhileTrained(RoomError):
    """Code, reviews or versions are not the same where a run was asked for and where it is trained."""


def train_one(job, folder, asked_for):
    """Train one network and write its file; what an executor runs.  Raises ChangedWhileTrained.

    asked_for   job -> its identity where it was asked for
    """
    torch.set_num_threads(1)  # two get in each other's way, and sums in another order end in other weights
    if identity(job) != asked_for[job]:
        raise ChangedWhileTrained(
            f"{job.name} would be trained with other code, reviews or versions than it was asked for with; run the "
            "same command again, once nothing changes."
        )
    sets = quietly_read(job.size, job.is_clean)
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):
        network = build(solution_classes(open_room("gating")), job.network, sets.train.table.shape[1], job.seed)
        recipe = replace(BATCHED, epochs=job.epochs)
        progress = training.train(network, sets.train, recipe, job.name, folder / UNDER_WAY, job.seed)
    result = evaluate(network, sets.test)
    measured = {
        "right": (result.labels == result.predicted).astype(int).tolist(),
        "loss": progress.losses[-1],
        "seconds": progress.seconds,
    }
    write_whole(place_of(job, folder), json.dumps({"identity": asked_for[job]} | measured) + "\n")
    (folder / UNDER_WAY / f"{job.name}_training.pt").unlink()


# Files


def place_of(job, folder):
    return folder / f"{job.name}.json"


def identity(job):
    """What must be the same for a run's file to be kept: the job, code, networks, reviews as vectors, torch."""
    return asdict(job) | made_from(job)


def made_from(job):
    """What a run is made from: code and networks, reviews as vectors, torch."""
    reviews = digest_of_reviews(job.size, job.is_clean)
    return {"code": digest_of_code(), "reviews": reviews, "torch": torch.__version__}


@cache
def digest_of_code():
    """Of what decides a run: the modules behind it, and the solution's networks."""
    solution = sorted(solution_files(open_room("gating")).items())
    return digest_of_files(repr(solution), [*sources_behind(*TRAINED_BY), Path(__file__)])


@cache
def digest_of_reviews(size, is_clean):
    """Of the words' vectors, and of both halves as rows of these."""
    sets = quietly_read(size, is_clean)
    digest = sha256(sets.train.table.numpy().tobytes())
    for half in (sets.train, sets.test):
        for part in (half.labels, half.lengths, *half.rows):
            digest.update(part.numpy().tobytes())
    return digest.hexdigest()


@cache
def quietly_read(size, is_clean):
    """The ReviewSets of an archive, read once by each process."""
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):
        return read_sets(size, is_clean)


def kept_run(job, folder):
    """The Run in a job's file, or None where it is not there, damaged, or made by or from something else."""
    try:
        kept = json.loads(place_of(job, folder).read_text(encoding="utf-8"))
        if kept["identity"] != identity(job):
            return None
        numbers = np.array(kept["right"], dtype=bool), float(kept["loss"]), float(kept["seconds"])
        return Run(job, *numbers, made_from(job))
    except (OSError, ValueError, KeyError, TypeError):
        return None
