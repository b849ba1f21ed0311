"""Many seeds as chunks of a few, each a file that is written whole: what was stopped goes on where it was."""

import json
from contextlib import redirect_stdout
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from functools import cache
from io import StringIO
from pathlib import Path

from assignment.many_seeds.excerpts import EXCERPTS
from assignment.many_seeds.origin import machine, origin
from assignment.many_seeds.probes import ProbedSeed
from assignment.many_seeds.training import DocumentSets, SeedResult
from assignment.many_seeds.variants import VARIANTS
from assignment.recipe_inputs import read_sequences
from assignment.training import History
from grading.jobs import as_done
from grading.report.progress import Progress
from grading.room import RoomError
from grading.whole_files import write_whole

SEEDS_AT_ONCE = 4  # of one process: more need memory, fewer pay more for each call
WORK = {"RNN": 1, "GRU": 3}  # of an epoch, about


@dataclass(frozen=True)
class Job:
    """A chunk of seeds: which variant (a name of `variants`), for how long, on which documents and device."""

    variant: str
    seeds: tuple
    epochs: int
    documents: str
    device: str = "cpu"

    @property
    def work(self):
        return len(self.seeds) * self.epochs * WORK[VARIANTS[self.variant].model]


@dataclass(frozen=True)
class Chunk:
    """What a job gave.

    identity   what it was made from, as the process that trained it saw that
    machine    what it was made on, in words
    results    SeedResults, in the order of the job's seeds
    """

    identity: dict
    machine: str
    results: list


class UnknownVariant(RoomError):
    """No variant has this name: one sentence with those that are like it."""


class ChangedWhileTrained(RoomError):
    """Code, documents or versions are not the same where a chunk was asked for and where it was trained."""


def jobs_of(variant, seeds, documents, epochs=None, device="cpu", at_once=SEEDS_AT_ONCE):
    """The Jobs that train a variant with each of `seeds` on a CSV file.  Raises UnknownVariant."""
    if variant not in VARIANTS:
        near = "; ".join(get_close_matches(variant, VARIANTS, n=5, cutoff=0.3)) or "none is like it"
        raise UnknownVariant(
            f"there is no variant {variant!r} (near it: {near}); assignment/many_seeds/variants.py has them all."
        )
    chunks = [tuple(seeds)[start : start + at_once] for start in range(0, len(seeds), at_once)]
    length, place = epochs or VARIANTS[variant].epochs, str(Path(documents).resolve())
    return [Job(variant, chunk, length, place, device) for chunk in chunks]


def run_jobs(jobs, folder, executor=None, processes=None, shown=True):
    """(job, Chunk) of every job: first those that `folder` keeps, made from the same by the same code, then as trained.

    executor    of concurrent.futures or like one (Dask's get_executor()); default: a process for each core

    Raises ChangedWhileTrained.
    """
    kept = {job: kept_chunk(job, folder) for job in jobs}
    yield from ((job, chunk) for job, chunk in kept.items() if chunk)
    waiting = [job for job in jobs if kept[job] is None]
    if not waiting:
        return
    total = sum(job.work for job in waiting)
    with Progress(total, shown, task="training", unit="epoch of an RNN", sentence=share_done) as progress:
        if len(waiting) < len(jobs):
            progress.say(f"{len(jobs) - len(waiting)} of {len(jobs)} chunks of seeds are in {folder} already.")
        for job, chunk in as_done(train_chunk, waiting, executor, processes):
            if chunk.identity != identity(job):
                raise ChangedWhileTrained(
                    f"{job.variant} was trained with other code, documents or versions than it was asked for with; "
                    "run the same command again, once nothing changes."
                )
            place = chunk_file(job, folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            write_whole(place, as_text(chunk))
            progress.advance(job.work)
            yield job, chunk


def share_done(done, total, left):
    return f"{done / total:.0%} of the trainings done, about {left} left"


def run_seeds(variant, seeds, documents, folder, *, epochs=None, device="cpu", at_once=SEEDS_AT_ONCE, **how):
    """Train a variant with each of `seeds`: their SeedResults, in that order; `how` as in `run_jobs`."""
    jobs = jobs_of(variant, seeds, documents, epochs, device, at_once)
    chunks = dict(run_jobs(jobs, folder, **how))
    return [result for job in jobs for result in chunks[job].results]


def train_chunk(job):
    """The Chunk of a job; what an executor runs."""
    variant, made_from = VARIANTS[job.variant], identity(job)
    sets = sets_of(job.documents, variant.excerpt).to(job.device)
    return Chunk(made_from, machine(), variant.train(job.seeds, sets, job.epochs).results)


@cache
def sets_of(path, excerpt):
    """The DocumentSets of a CSV file with an excerpt of each document, read once by each process."""
    with redirect_stdout(StringIO()):  # said to students
        sequences, labels, _ = read_sequences(path)
    return DocumentSets.of(EXCERPTS[excerpt](sequences, labels))


# Files


def chunk_file(job, folder):
    """A job's file: its documents, its variant and its seeds."""
    return folder_of(job.documents, folder) / f"{file_words(job.variant)}-seeds-{job.seeds[0]}-{job.seeds[-1]}.json"


def folder_of(documents, folder):
    """The folder in `folder` for what is made of one CSV file."""
    return Path(folder) / Path(documents).name.split(".")[0]


def file_words(variant):
    """A variant's name in words that every file system takes."""
    return "-".join("".join(letter if letter.isalnum() else " " for letter in variant).split())


def identity(job):
    """What must be the same for a chunk's file to be kept: its origin, and its seeds."""
    variant = VARIANTS[job.variant]
    return origin(variant, job.epochs, job.documents, job.device) | {"seeds": list(job.seeds)}


def kept_chunk(job, folder):
    """The Chunk in a job's file, or None where it is not there, damaged, or made by or from something else."""
    try:
        kept = json.loads(chunk_file(job, folder).read_text(encoding="utf-8"))
        if kept["identity"] != identity(job):
            return None
        return Chunk(kept["identity"], kept["machine"], [read_result(row) for row in kept["results"]])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def as_text(chunk):
    return json.dumps(asdict(chunk), indent=1) + "\n"


def read_result(row):
    kind = ProbedSeed if "probes" in row else SeedResult
    return kind(**row | {"history": History(**row["history"])})
