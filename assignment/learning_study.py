"""How often does *.learns take a right model for a broken one, and the reverse?  Trains many, and writes a manifest.

    python -m assignment.learning_study --runs FILE [--seeds N] [--processes N] [--write]

Each run is the marker's own (`short_training`), with weights and texts of another seed.  FILE gets a line a run, so a
study that was stopped goes on.  `--write` makes assignment/learning_manifest.json from it, with the thresholds that
`assignment/marking/learning.py` reads: chosen on the even seeds, their error rates measured on the odd ones.
"""

import argparse
import hashlib
import json
import os
import platform
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import torch
from scipy.stats import binomtest
from tqdm import tqdm

from assignment.learning_models import BROKEN, FILES, MODELS, RIGHT, source
from assignment.marking import CLASSES
from assignment.marking.learning import HELD_BACK, MANIFEST, SIZES, constants, short_training
from assignment.marking.specs import gru_model_spec, vanilla_rnn_spec
from grading.mark.module import Module
from grading.sandbox import operations
from grading.sandbox.student_module import load_module
from grading.sandbox.worker import StudentFault

REPOSITORY = Path(__file__).resolve().parent.parent
SPECS = {"VanillaRNN": vanilla_rnn_spec(*SIZES), "GRUModel": gru_model_spec(*SIZES)}
SOURCES = (
    "assignment/marking/learning.py", "assignment/learning_models.py", "grading/sandbox/operations.py",
    "assignment/cases/all-right/RNN_skeleton.py", "assignment/cases/all-right/GRU_skeleton.py",
)  # fmt: skip
FEWER = 5  # kinds that are neither asked to learn nor to fail get one seed in so many
QUANTILES = {"lowest": 0, "5 %": 0.05, "median": 0.5, "95 %": 0.95, "highest": 1}


class InProcess:
    """Stands where the marker has a sandboxed worker: the same operations, in this process."""

    def __init__(self, module):
        self.module = module

    def ask(self, operation, arrays=None, **facts):
        if operation == "locate":
            return {}, {"targets": {}, "library": []}
        try:
            return getattr(operations, operation)(self.module, arrays or {}, facts)
        except operations.CannotBind as reason:
            raise StudentFault("unbound", str(reason)) from None


@cache
def opened(class_name, kind):
    """The marker's Module over one kind of model."""
    file = FILES[class_name]
    worker = InProcess(load_module(file, source(class_name, kind).encode(), "whole"))
    return Module(worker, worker, CLASSES[file], ())


def one_run(class_name, kind, seed):
    """One line of the runs: what was trained, with which seed, and how many held-back texts it got right."""
    torch.set_num_threads(1)
    right = short_training(opened(class_name, kind), SPECS[class_name], seed)
    return {"class": class_name, "kind": kind, "seed": seed, "right": right, "torch": torch.__version__}


def runs_wanted(seeds):
    """Every (class, kind, seed) of a study with so many seeds, kinds interleaved."""
    for seed in range(seeds):
        for class_name, kinds in MODELS.items():
            for kind in kinds:
                if kind in RIGHT[class_name] + BROKEN[class_name] or seed < seeds // FEWER:
                    yield class_name, kind, seed


def read_runs(path):
    """The runs that a file holds; a last line cut off by a kill is left out."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True) if path.exists() else []
    return [json.loads(line) for line in lines if line.endswith("\n")]


def runs_waiting(path, seeds):
    """The runs of a study that its file does not hold yet."""
    done = {(run["class"], run["kind"], run["seed"]) for run in read_runs(path)}
    return [run for run in runs_wanted(seeds) if run not in done]


def study(path, seeds, processes):
    """Make the runs that `path` does not hold yet."""
    waiting = runs_waiting(path, seeds)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(run) + "\n" for run in read_runs(path)), encoding="utf-8")
    spawning = get_context("spawn")  # a fork of a process in which torch runs can stand still
    with ProcessPoolExecutor(processes, spawning) as pool, path.open("a", encoding="utf-8") as file:
        futures = [pool.submit(one_run, *run) for run in waiting]
        for future in tqdm(as_completed(futures), total=len(waiting), unit="run", file=sys.stderr):
            file.write(json.dumps(future.result()) + "\n")
            file.flush()


def by_kind(runs, class_name, parity=None):
    """kind -> numbers of right answers, of all seeds or of the even (0) or odd (1) ones."""
    found = {kind: [] for kind in MODELS[class_name]}
    for run in runs:
        if run["class"] == class_name and parity in (None, run["seed"] % 2):
            found[run["kind"]].append(run["right"])
    return found


def choose_threshold(right, broken):
    """The number of right answers that tells right models from broken ones with the fewest mistakes.

    Of several, the middle one.  `right` and `broken`: a list of results for each kind; each kind weighs the same.
    """

    def mistakes(threshold):
        alarms = sum(np.mean(np.array(kind) < threshold) for kind in right) / len(right)
        return alarms + sum(np.mean(np.array(kind) >= threshold) for kind in broken) / len(broken)

    rates = [round(float(mistakes(threshold)), 9) for threshold in range(HELD_BACK + 1)]
    best = [threshold for threshold, rate in enumerate(rates) if rate == min(rates)]
    return best[len(best) // 2]


def rate(events, runs):
    """A rate with its 95 % Clopper-Pearson interval."""
    interval = binomtest(events, runs).proportion_ci(0.95, method="exact")
    return {"runs": runs, "events": events, "rate": round(events / runs, 4),
            "interval": [round(interval.low, 4), round(interval.high, 4)]}  # fmt: skip


def judged(class_name, runs):
    """(threshold, false alarms over all right kinds, per kind what was measured) of one class."""
    even, odd, every = (by_kind(runs, class_name, parity) for parity in (0, 1, None))
    threshold = choose_threshold(
        [even[kind] for kind in RIGHT[class_name]], [even[kind] for kind in BROKEN[class_name]]
    )
    kinds = {}
    for kind, results in every.items():
        failed = rate(sum(result < threshold for result in odd[kind]), len(odd[kind]))
        asked = "to learn" if kind in RIGHT[class_name] else "to fail" if kind in BROKEN[class_name] else "nothing"
        quantiles = {name: int(np.quantile(results, q, method="nearest")) for name, q in QUANTILES.items()}
        kinds[kind] = {"asked": asked, "runs": len(results)} | quantiles | {"failed, odd seeds": failed}
    right = [result for kind in RIGHT[class_name] for result in odd[kind]]
    return threshold, rate(sum(result < threshold for result in right), len(right)), kinds


def manifest(runs):
    """All that was measured and what it was measured with, ready for JSON."""
    found = {class_name: judged(class_name, runs) for class_name in MODELS}
    return {
        "generated": "by assignment/learning_study.py; do not edit",
        "constants": constants(),
        "threshold": {class_name: result[0] for class_name, result in found.items()},
        "false_alarms": {class_name: result[1] for class_name, result in found.items()},
        "kinds": {class_name: result[2] for class_name, result in found.items()},
        "runs": len(runs),
        "seeds": [min(run["seed"] for run in runs), max(run["seed"] for run in runs)],
        "versions": {"python": platform.python_version(), "torch": sorted({run["torch"] for run in runs}),
                     "numpy": np.__version__},
        "machine": {"device": "CPU", "cores": os.cpu_count(), "architecture": platform.machine(),
                    "threads per run": 1},
        "sha256": {name: hashlib.sha256((REPOSITORY / name).read_bytes()).hexdigest() for name in SOURCES},
    }  # fmt: skip


def table(measured):
    """The manifest's kinds as the rows of a table in Markdown."""
    yield "| class | kind | asked | runs | " + " | ".join(QUANTILES) + " | failed (odd seeds) | 95 % interval |"
    yield "| --- " * (6 + len(QUANTILES)) + "|"
    for class_name, kinds in measured["kinds"].items():
        for kind, row in kinds.items():
            failed = row["failed, odd seeds"]
            low, high = (f"{100 * bound:.1f}" for bound in failed["interval"])
            cells = [class_name, kind, row["asked"], row["runs"], *(row[name] for name in QUANTILES)]
            cells += [f"{failed['events']} of {failed['runs']}", f"{low} to {high} %"]
            yield "| " + " | ".join(map(str, cells)) + " |"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=Path, required=True, help="a line of JSON for each run")
    parser.add_argument("--seeds", type=int, default=200, help="runs of each kind of model")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("--write", action="store_true", help="write the manifest")
    asked = parser.parse_args()
    study(asked.runs, asked.seeds, asked.processes)
    measured = manifest(read_runs(asked.runs))
    print("\n".join(table(measured)))
    if asked.write:
        MANIFEST.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
