"""earned("GRUCell", "gru.candidate"): what one item of the rubric earns, for the test cells of a course system.

It compares with numbers as check(...) does; what a test cell adds (`unseen`) are other numbers of the same item.
EARNING, written by the export, holds the points, what another publication's form earns, and the short trainings.
"""

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout

import numpy as np

from assignment.checks import examine, examine_whole, findings_of, print_finding
from grading.mark.agreement import agrees
from grading.sandbox.operations import forward, states, train


def earned(class_name, item_id):
    """The points that an item earns, with the class of this name in the notebook; prints its one line or four."""
    kind = getattr(sys.modules["__main__"], class_name, None)
    if not isinstance(kind, type):
        print(EARNING["words"]["no_class"].format(class_name=class_name))
        return 0.0
    if item_id in EARNING["trainings"]:
        return learned(kind, EARNING["trainings"][item_id])
    item, finding = next(pair for pair in findings_of(kind) if pair[0]["id"] == item_id)
    if finding["status"] == "waiting" and own_loop_is_right(kind, item):
        finding = {"status": "right"}
    print_finding(item, finding)
    share = share_of(item_id, finding)
    if finding["status"] == "wrong" and share:
        print(f"  {EARNING['words']['convention'].format(share=f'{share:.0%}')}")
    return item["points"] * share


def earned_unseen(points, class_name, unseen):
    """The fewer of `points` and of what the item earns with the numbers of `unseen`, a table as JSON.

    Whatever the class does or prints meanwhile is kept back, so that these numbers are not told.
    """
    table = json.loads(unseen)
    (item,) = table["items"]
    kept_back = io.StringIO()
    try:
        with redirect_stdout(kept_back), redirect_stderr(kept_back):
            kind = getattr(sys.modules["__main__"], class_name)
            finding = examine(kind, item, table, examine_whole(kind, table))
            if finding["status"] in {"wrong", "error"} and own_loop_is_right(kind, item):
                finding = {"status": "right"}
    except KeyboardInterrupt:  # the time is up
        raise
    except BaseException:  # a student's code may raise anything, SystemExit included
        finding = {"status": "error"}
    found = item["points"] * share_of(item["id"], finding)
    if found < points:
        print(EARNING["words"]["unseen"])
    return min(points, found)


def share_of(item_id, finding):
    """The share of an item's points that a finding earns."""
    if finding["status"] == "right":
        return 1.0
    return EARNING["shares"].get(item_id, {}).get(finding.get("misconception"), 0.0)


def own_loop_is_right(kind, item):
    """Whether a model is right but for its update: the loop and the head over the student's own update, which may be
    wrong, and over given inputs of each step, so that a wrong slice does not count here either.
    """
    loop = EARNING["loops"].get(item["id"])
    if loop is None:
        return False
    module, facts = sys.modules[kind.__module__], item["facts"] | loop
    arrays = {name: np.array(values) for name, values in item["arrays"].items() if name != "probe"}
    steps = np.random.default_rng(0).normal(size=(*arrays["x"].shape, facts["sizes"][1]))
    try:
        output = forward(module, arrays | {"steps": steps}, facts)[0]["output"]
        last = states(module, arrays | {"xs": steps}, facts)[0]["states"][:, -1]
    except Exception:  # a student's code may raise anything; what stops it has been told
        return False
    scores = last @ arrays["weight:fc.weight"].T
    log_softmax = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return any(agrees(output, right) for right in (scores, np.tanh(scores), log_softmax))


def learned(kind, item):
    """What a short training earns, with the marker's texts and weights; prints how many texts came out right."""
    random = np.random.default_rng(item["seed"])
    texts = random.integers(0, item["words"], (item["steps"] * item["facts"]["batch_size"], item["length"]))
    held_back = random.integers(0, item["words"], (item["held_back"], item["length"]))
    labels, expected = texts[:, 0] % item["classes"], held_back[:, 0] % item["classes"]
    arrays = {name: np.array(weight) for name, weight in item["weights"].items()}
    try:
        found, _ = train(
            sys.modules[kind.__module__], arrays | {"x": texts, "y": labels, "held_back": held_back}, item["facts"]
        )
        right = int((found["predicted"] == expected).sum())
    except Exception as reason:  # a student's code may raise anything
        print(f"{item['title']}: {EARNING['words']['stopped'].format(reason=type(reason).__name__)}")
        return 0.0
    print(f"{item['title']}: {item['said'].format(accuracy=right)}")
    return item["points"] if right >= item["threshold"] else 0.0


def must_earn(class_name, item_id, unseen=None):
    """As `earned` (with `unseen`: `earned_unseen`), for a system that counts a test as right unless it raises.

    Raises AssertionError with what would have been printed, where the item does not earn all of its points.
    """
    said = io.StringIO()
    with redirect_stdout(said):
        points = earned(class_name, item_id)
        if unseen:
            points = earned_unseen(points, class_name, unseen)
    if points < EARNING["points"][item_id]:
        raise AssertionError(f"\n{said.getvalue()}")
