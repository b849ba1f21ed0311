"""The thresholds of *.learns, which `assignment/learning_study.py` finds and `learning_manifest.json` keeps."""

from pathlib import Path

from assignment.learning_models import BROKEN, RIGHT
from assignment.learning_sources import changes
from assignment.learning_study import judged, manifest, one_run, study
from assignment.marking.learning import MANIFEST
from assignment.references.kept import read_json, write_json

SEEDS = 140  # of each kind of model that is asked to learn, or not to
ALLOWED = 2  # texts of 128 by which a run may part on another machine


def make(room, folder, **how):
    """Run the study anew where its sources have changed: sentences on what was done."""
    if not changes():
        yield f"{MANIFEST.name}: current"
        return
    runs = study(Path(folder) / "learning.jsonl", SEEDS, **how)
    write_json(MANIFEST, manifest(runs))
    yield f"{MANIFEST.name}: {len(runs)} runs, written"


def check(room, *_, **__):
    """What is not as it would be found now, a sentence each: sources that changed, what was concluded, and runs."""
    return [*changes(), *judged_otherwise(), *trained_otherwise()]


def judged_otherwise():
    """What does not follow from the runs that are kept."""
    kept = read_json(MANIFEST) or {}
    for class_name, kinds in kept.get("right", {}).items():
        runs = [
            {"class": class_name, "kind": kind, "seed": seed, "right": right}
            for kind, results in kinds.items()
            for seed, right in enumerate(results)
        ]
        now = dict(zip(("threshold", "false_alarms", "kinds"), judged(class_name, runs), strict=True))
        for name, found in now.items():
            if kept[name][class_name] != found:
                yield f"{class_name}: {name} in {MANIFEST.name} does not follow from its runs"


def trained_otherwise():
    """The kinds that are asked to learn, or to fail, whose first run does not end as it did."""
    kept = (read_json(MANIFEST) or {}).get("right", {})
    for class_name, kinds in kept.items():
        for kind in (*RIGHT[class_name], *BROKEN[class_name]):
            expected, now = kinds.get(kind, [None])[0], one_run(class_name, kind, 0)["right"]
            if expected is None or abs(now - expected) > ALLOWED:
                yield f"{class_name}, {kind}, seed 0: {now} texts right, where {MANIFEST.name} has {expected}"
