"""How often does *.learns take a right model for a broken one, and the reverse?  Trains many, for a manifest.

Each run is the marker's own (`short_training`), with weights and texts of another seed.  The thresholds that
`assignment/marking/learning.py` reads are chosen on the even seeds, their error rates measured on the odd ones.
`python -m grading reference --only learning` runs it.
"""

import json
import os
import platform
from functools import cache
from operator import itemgetter

import numpy as np
import torch
from scipy.stats import binomtest

from assignment.learning_models import BROKEN, FILES, MODELS, RIGHT, source
from assignment.learning_sources import made_from
from assignment.marking import CLASSES
from assignment.marking.learning import HELD_BACK, SIZES, constants, short_training
from assignment.marking.specs import gru_model_spec, vanilla_rnn_spec
from assignment.references.kept import GENERATED
from grading.jobs import as_done
from grading.mark.module import Module
from grading.report.progress import Progress
from grading.sandbox import operations
from grading.sandbox.student_module import load_module
from grading.sandbox.worker import StudentFault
from grading.whole_files import write_whole

SPECS = {"VanillaRNN": vanilla_rnn_spec(*SIZES), "GRUModel": gru_model_spec(*SIZES)}
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
    """The runs of today's code that a file holds; a last line cut off by a kill is left out."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True) if path.exists() else []
    runs, now = [json.loads(line) for line in lines if line.endswith("\n")], made_from()
    return [run for run in runs if run["made_from"] == now]


def runs_waiting(path, seeds):
    """The runs of a study that its file does not hold yet."""
    done = {(run["class"], run["kind"], run["seed"]) for run in read_runs(path)}
    return [run for run in runs_wanted(seeds) if run not in done]


def study(path, seeds, executor=None, processes=None, shown=True):
    """Make the runs that `path` does not hold yet, a line of JSON each: all of them."""
    waiting, now = runs_waiting(path, seeds), made_from()
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, "".join(json.dumps(run) + "\n" for run in read_runs(path)))
    with (
        Progress(len(waiting), shown, task="*.learns", unit="run", did="trained") as progress,
        path.open("a", encoding="utf-8") as file,
    ):
        for _, run in as_done(run_of, waiting, executor, processes):
            file.write(json.dumps(run | {"made_from": now}) + "\n")
            file.flush()
            progress.advance()
    return read_runs(path)


def run_of(job):
    return one_run(*job)


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
    """(threshold, false alarms, per kind what was measured) of one class.

    All kinds are shown the texts of a seed, so an alarm is one of a seed: that any right kind fails with it.
    """
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
    right = [run for run in runs if run["class"] == class_name and run["kind"] in RIGHT[class_name] and run["seed"] % 2]
    alarms = {run["seed"] for run in right if run["right"] < threshold}
    return threshold, rate(len(alarms), len({run["seed"] for run in right})), kinds


def manifest(runs):
    """All that was measured and what it was measured with, ready for JSON."""
    found = {class_name: judged(class_name, runs) for class_name in MODELS}
    return {
        "generated": GENERATED,
        "constants": constants(),
        "threshold": {class_name: result[0] for class_name, result in found.items()},
        "false_alarms": {class_name: result[1] for class_name, result in found.items()},
        "kinds": {class_name: result[2] for class_name, result in found.items()},
        "runs": len(runs),
        "seeds": [min(run["seed"] for run in runs), max(run["seed"] for run in runs)],
        "right": right_by_seed(runs),
        "versions": {"python": platform.python_version(), "torch": sorted({run["torch"] for run in runs}),
                     "numpy": np.__version__},
        "machine": {"device": "CPU", "cores": os.cpu_count(), "architecture": platform.machine(),
                    "threads per run": 1},
        "made_from": made_from(),
    }  # fmt: skip


def right_by_seed(runs):
    """class -> kind -> how many texts each seed got right, in the order of the seeds, from 0."""
    found = {name: {kind: [] for kind in kinds} for name, kinds in MODELS.items()}
    for run in sorted(runs, key=itemgetter("seed")):
        found[run["class"]][run["kind"]].append(run["right"])
    return found
