"""Many seeds as chunks of a few, each a file that is written whole: what was stopped goes on where it was."""

import json
import sys
from contextlib import redirect_stdout
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from assignment.many_seeds.excerpts import EXCERPTS
from assignment.many_seeds.origin import origin
from assignment.many_seeds.training import DocumentSets, SeedResult
from assignment.many_seeds.variants import VARIANTS
from assignment.recipe_inputs import read_sequences
from assignment.training import History
from grading.jobs import as_done
from grading.report.progress import Progress
from grading.whole_files import write_whole

SEEDS_AT_ONCE = 4  # of one process: more need memory, fewer pay more for each call


@dataclass(frozen=True)
class Job:
    """A chunk: which variant (a name of `variants`), which seeds, for how long, on which documents and device."""

    variant: str
    seeds: tuple
    epochs: int
    documents: str
    device: str = "cpu"


def run_seeds(variant, seeds, documents, folder, *, epochs=None, device="cpu", at_once=SEEDS_AT_ONCE, executor=None,
              processes=None, shown=True):  # fmt: skip
    """Train a variant with each of `seeds`: their SeedResults, in that order.  Raises ValueError for an unknown one.

    documents   the path of a CSV file
    folder      keeps a file for each chunk of `at_once` seeds; those that the same code made of the same are kept
    executor    of concurrent.futures or like one (Dask's get_executor()); default: a process for each core
    """
    if variant not in VARIANTS:
        raise ValueError(f"there is no variant {variant!r}; there are: {', '.join(VARIANTS)}.")
    folder, seeds = Path(folder), tuple(seeds)
    folder.mkdir(parents=True, exist_ok=True)
    length = epochs or VARIANTS[variant].epochs
    chunks = [seeds[start : start + at_once] for start in range(0, len(seeds), at_once)]
    jobs = [Job(variant, chunk, length, str(Path(documents).resolve()), device) for chunk in chunks]
    found = {job: kept_results(job, folder) for job in jobs}
    waiting = [job for job in jobs if found[job] is None]
    if waiting:
        left = sum(len(job.seeds) for job in waiting)
        with Progress(left, shown, task=variant, unit="seed", did="trained") as progress:
            if left < len(seeds):
                progress.say(f"{len(seeds) - left} of {len(seeds)} seeds are in {folder} already.")
            for job, results in as_done(train_chunk, waiting, executor, processes):
                write_whole(place_of(job, folder), as_text(job, results))
                found[job] = results
                progress.advance(len(results))
    return [result for job in jobs for result in found[job]]


def train_chunk(job):
    """The results of one chunk, in the order of its seeds; what an executor runs."""
    variant = VARIANTS[job.variant]
    sets = sets_of(job.documents, variant.excerpt).to(job.device)
    return variant.train(job.seeds, sets, job.epochs).results


@cache
def sets_of(path, excerpt):
    """The DocumentSets of a CSV file with an excerpt of each document, read once by each process."""
    with redirect_stdout(sys.stderr):  # results alone go to stdout
        sequences, labels, _ = read_sequences(path)
    return DocumentSets.of(EXCERPTS[excerpt](sequences, labels))


# Files


def place_of(job, folder):
    """A chunk's file: its variant, and its seeds."""
    return folder / f"{file_words(job.variant)}-seeds-{job.seeds[0]}-{job.seeds[-1]}.json"


def file_words(variant):
    """A variant's name in words that every file system takes."""
    return "-".join("".join(letter if letter.isalnum() else " " for letter in variant).split())


def identity(job):
    """What must be the same for a chunk's file to be kept: its origin, and its seeds."""
    variant = VARIANTS[job.variant]
    return origin(variant, job.epochs, job.documents, job.device) | {"seeds": list(job.seeds)}


def kept_results(job, folder):
    """The results in a chunk's file, or None where it is not there, damaged, or made by or from something else."""
    try:
        kept = json.loads(place_of(job, folder).read_text(encoding="utf-8"))
        if kept["identity"] != identity(job):
            return None
        return [read_result(row) for row in kept["results"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def as_text(job, results):
    rows = [asdict(result) for result in results]
    return json.dumps({"identity": identity(job), "results": rows}, indent=1) + "\n"


def read_result(row):
    return SeedResult(**row | {"history": History(**row["history"])})
