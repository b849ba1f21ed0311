"""The many trainings behind what the notebook and docs/experiments.md say: made, kept as long as their origin stands.

`make` trains what is missing, whatever the number of stops; `check` reads every file's origin and trains a few epochs
of a few seeds again.
"""

from contextlib import redirect_stdout
from io import StringIO
from tempfile import TemporaryDirectory

import numpy as np

from assignment.documents import UnusableData, find_documents, practice_file
from assignment.many_seeds.runs import SEEDS_AT_ONCE, jobs_of, run_jobs, run_seeds
from assignment.references.collected import (
    REFERENCES,
    current_results,
    read_collected,
    results_file,
    what_changed,
    write_collected,
)
from assignment.references.plan import PLAN, PRACTICE
from grading.room import RoomError

TRAINED_AGAIN = {"RNN": 3, "GRU": 1}  # epochs of the first chunk of seeds, by `check`
LOSS, ACCURACY = 2e-3, 0.02  # between two machines, after so few epochs: docs/experiments.md


def documents_of(plan):
    """The name of each set of documents in a plan -> its CSV file, or None where df_file.csv is not to be found."""
    return {name: documents_called(name) for name in {planned.documents for planned in plan}}


def documents_called(name):
    """The CSV file of this name, or None where it is not to be found.  Raises RoomError."""
    if name == PRACTICE:
        with redirect_stdout(StringIO()):  # what it says is for students
            return practice_file()
    try:
        found = find_documents()
    except UnusableData as reason:
        raise RoomError(str(reason)) from None
    return found if found and found.name == name else None


def make(room, folder, plan=PLAN, kept_in=REFERENCES, **how):
    """Train what the references lack: for each line of the plan a sentence as it is done.

    folder   keeps the chunks: what was stopped goes on
    kept_in  the folder of the references
    how      `executor`, `processes`, as `run_jobs` takes them
    """
    there, before, jobs = documents_of(plan), {}, {}
    for planned in plan:
        documents = there[planned.documents]
        if documents is None:
            yield f"{planned}: left as it is, since {planned.documents} is not here"
            continue
        before[planned] = current_results(planned.variant, documents, kept_in)
        missing = range(len(before[planned].seeds) if before[planned] else 0, planned.seeds)
        jobs |= dict.fromkeys(jobs_of(planned.variant, missing, documents), planned)
        if not missing:
            yield f"{planned}: current"
    waiting = {planned: [job for job in jobs if jobs[job] == planned] for planned in jobs.values()}
    chunks = {}
    for job, chunk in run_jobs(list(jobs), folder, **how):
        chunks[job], planned = chunk, jobs[job]
        if all(each in chunks for each in waiting[planned]):
            made, documents = [chunks[each] for each in waiting[planned]], there[planned.documents]
            path = write_collected(planned.variant, documents, made, kept_in, before=before[planned])
            yield f"{planned}: {sum(len(each.results) for each in made)} seeds trained, {path.name} written"


def check(room, folder, plan=PLAN, kept_in=REFERENCES, **how):
    """What is not as it would be made now, a sentence each.  Files that are yet to be made are told, too."""
    found, there = [], documents_of(plan)
    for planned in plan:
        documents = there[planned.documents]
        kept = read_collected(planned.variant, planned.documents, kept_in)
        if kept is None:
            found.append(f"{planned} is not there: {results_file(planned.variant, planned.documents).name}")
            continue
        if len(kept.seeds) < planned.seeds:
            found.append(f"{planned}: {len(kept.seeds)} seeds, where {planned.seeds} are planned")
        if documents is not None:
            found += [f"{planned}: {change}" for change in what_changed(kept, planned.variant, documents)]
    return found + list(trained_otherwise(kept_in, **how))


def trained_otherwise(kept_in=REFERENCES, **how):
    """Where a short training of the first seeds on the practice corpus parts from the curves that are kept."""
    for model, epochs in TRAINED_AGAIN.items():
        kept = read_collected(model, PRACTICE, kept_in)
        if kept is None:
            continue
        seeds = range(min(SEEDS_AT_ONCE, len(kept.seeds)))
        with TemporaryDirectory() as folder:  # what was trained before is what this asks about
            results = run_seeds(model, seeds, documents_called(PRACTICE), folder, epochs=epochs, **how)
        for series, allowed in (("valid_loss", LOSS), ("valid_accuracy", ACCURACY), ("train_accuracy", ACCURACY)):
            expected = np.array([row[:epochs] for row in kept.curves[series][: len(seeds)]])
            now = np.array([getattr(result.history, series) for result in results])
            if not (gap := float(np.abs(now - expected).max())) <= allowed:
                yield f"{model} on {PRACTICE}, trained again: {series} parts by {gap:.2g}, and {allowed:g} is allowed"
