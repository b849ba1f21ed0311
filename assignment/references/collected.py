"""What the repository keeps of many trainings: a file for each variant and set of documents, in this folder's folders.

A file has what the trainings measured, and what they were made from: `origin`.
"""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from assignment.many_seeds.origin import origin
from assignment.many_seeds.probes import ProbedSeed
from assignment.many_seeds.runs import file_words, folder_of
from assignment.many_seeds.training import REACH_AT
from assignment.many_seeds.variants import MISTAKES, VARIANTS
from assignment.references.kept import GENERATED, DamagedReference, read_json, significant
from grading.whole_files import write_whole

REFERENCES = Path(__file__).resolve().parent
SERIES = ("train_loss", "train_accuracy", "valid_loss", "valid_accuracy")  # of a History
WITH_CURVES = ("RNN", "GRU")  # variants of which every epoch is kept
DECIMALS = 5


@dataclass(frozen=True)
class Collected:
    """What many trainings of a variant measured; a row for each seed.

    origin   as `origin.origin` gives it
    machines on what, in words
    reach_at the steps back at which the gradient's reach was measured
    seeds    the seeds
    ends     name -> numbers: accuracies after the last epoch and at the best (`test_last`, `test_best`, ...) and of
             probes, where there are any; fractions
    curves   name -> for each seed a number after each epoch; empty but for WITH_CURVES
    reaches  "before" and "after" -> for each seed the gradient reach at these steps; empty where it was not measured
    """

    origin: dict
    machines: list
    reach_at: list
    seeds: list
    ends: dict
    curves: dict
    reaches: dict

    @classmethod
    def of(cls, chunks, made_from, with_curves):
        """From the Chunks of `runs.run_jobs`."""
        results = [result for chunk in chunks for result in chunk.results]
        ends = {
            "best_epoch": [result.history.best_epoch for result in results],
            "train_last": rounded(result.history.train_accuracy[-1] for result in results),
            "valid_last": rounded(result.history.valid_accuracy[-1] for result in results),
            "valid_highest": rounded(max(result.history.valid_accuracy) for result in results),
            "test_last": rounded(result.test_last for result in results),
            "test_best": rounded(result.test_best for result in results),
        }
        probed = [result.probes for result in results if isinstance(result, ProbedSeed)]
        ends |= {name: rounded(each[name] for each in probed) for name in (probed[0] if probed else ())}
        curves = {name: [rounded(getattr(result.history, name)) for result in results] for name in SERIES}
        curves["test_accuracy"] = [rounded(result.test_accuracy) for result in results]
        reaches = {
            "before": [[significant(reach) for reach in result.reach_before] for result in results],
            "after": [[significant(reach) for reach in result.reach_after] for result in results],
        }
        seeds = [result.seed for result in results]
        return cls(
            made_from,
            sorted({chunk.machine for chunk in chunks}),
            list(REACH_AT),
            seeds,
            ends,
            curves if with_curves else {},
            reaches if reaches["after"][0] else {},
        )

    def digest(self):
        """Of the numbers: what was changed since a program wrote them is found when they are read."""
        numbers = {name: getattr(self, name) for name in ("reach_at", "seeds", "ends", "curves", "reaches")}
        return sha256(json.dumps(numbers, sort_keys=True).encode()).hexdigest()

    def followed_by(self, other):
        """These results with those of other seeds behind them."""
        return Collected(
            self.origin,
            sorted({*self.machines, *other.machines}),
            self.reach_at,
            self.seeds + other.seeds,
            *(
                {name: values + getattr(other, group)[name] for name, values in getattr(self, group).items()}
                for group in ("ends", "curves", "reaches")
            ),
        )


def rounded(values):
    return [round(value, DECIMALS) for value in values]


def results_file(variant, documents, folder=REFERENCES):
    """The file of a variant's results on a CSV file of documents; known mistakes have a folder of their own."""
    kind = "mistakes" if variant in MISTAKES else ""
    return folder_of(documents, folder) / kind / f"{file_words(variant)}.json"


def origin_now(variant, documents, epochs=None, device="cpu"):
    """The origin that a variant's results would have if they were made now."""
    return origin(VARIANTS[variant], epochs or VARIANTS[variant].epochs, documents, device)


def write_collected(variant, documents, chunks, folder=REFERENCES, before=None):
    """Put what a variant's trainings gave in its file, whole, behind what is there from `before`: the path."""
    collected = Collected.of(chunks, origin_now(variant, documents), variant in WITH_CURVES)
    if before is not None:
        collected = before.followed_by(collected)
    path = results_file(variant, documents, folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, as_text(variant, collected))
    return path


def as_text(variant, collected):
    """JSON with a line for each seed's list and for each named list, so that a change is a readable difference."""
    head = {"generated": GENERATED, "variant": variant}
    head |= {name: getattr(collected, name) for name in ("machines", "reach_at", "origin")}
    head["digest"] = collected.digest()
    parts = [f' "{name}": {json.dumps(value)}' for name, value in head.items()]
    parts.append(f' "seeds": {json.dumps(collected.seeds)}')
    for group in ("ends", "curves", "reaches"):
        named = getattr(collected, group)
        rows = [f'  "{name}": {listed(values)}' for name, values in named.items()]
        parts.append(f' "{group}": {{' + ("\n" + ",\n".join(rows) + "\n }" if rows else "}"))
    return "{\n" + ",\n".join(parts) + "\n}\n"


def listed(values):
    """A list of numbers on one line, or of lists, each on its own."""
    if values and isinstance(values[0], list):
        return "[\n" + ",\n".join(f"   {json.dumps(row)}" for row in values) + "\n  ]"
    return json.dumps(values)


def read_collected(variant, documents, folder=REFERENCES):
    """A variant's Collected as it lies in the repository, or None where it is not there.  Raises DamagedReference."""
    path = results_file(variant, documents, folder)
    kept = read_json(path, *Collected.__dataclass_fields__, "digest")
    if kept is None:
        return None
    found = Collected(**{name: kept[name] for name in Collected.__dataclass_fields__})
    if kept["digest"] != found.digest():
        raise DamagedReference(
            f"{path} is damaged (its numbers are not those that were written); take it back from git, or delete it."
        )
    return found


def current_results(variant, documents, folder=REFERENCES):
    """A variant's results where they are of what would be trained now, or None."""
    kept = read_collected(variant, documents, folder)
    return kept if kept is not None and not list(what_changed(kept, variant, documents)) else None


def what_changed(collected, variant, documents):
    """What is not now as it was when these results were made, a few words each."""
    before, now = collected.origin, origin_now(variant, documents)
    for part in ("trained", "code"):
        for name in sorted(before[part].keys() | now[part].keys()):
            if before[part].get(name) != now[part].get(name):
                yield f"{name} has changed"
    if before["documents"]["sha256"] != now["documents"]["sha256"]:
        yield f"{now['documents']['name']} has other documents"
    made_with, this = (each["torch"].split("+")[0] for each in (before, now))  # for which device does not matter
    if made_with != this:
        yield f"made with torch {made_with}, and this is {this}"
