"""A student's numbers among those of many right runs, as information: none of it gives or costs points."""

import hashlib
import json

from assignment.bands import BANDS

ROUNDING = 1e-3  # a third of one of 334 test documents: nearer, two accuracies are the same


def digest(rows):
    """What tells documents (text, label) from others: their sha256, in hexadecimal."""
    return hashlib.sha256(json.dumps([[text, int(label)] for text, label in rows]).encode()).hexdigest()


def other_runs(texts, labels):
    """model -> what many right runs on these documents gave; nothing for documents that were never tried.

    In another order, the same documents fall into other sets: the runs were tested on other ones.
    """
    rows = list(zip(texts, labels, strict=True))
    for tried in BANDS.values():
        if tried["in any order"] == digest(sorted(rows)):
            same_sets = tried["in this order"] == digest(rows)
            return {model: band | {"same_sets": same_sets} for model, band in tried["models"].items()}
    return {}


def bands_behind(runs, *names):
    """name -> (low, high) for the figure of the learning curves; none for other sets than those that were tried."""
    return {name: (runs[name]["low"], runs[name]["high"]) for name in names if runs.get(name, {}).get("same_sets")}


def what_is_shaded(bands):
    """The sentence below a figure with these bands."""
    return "Shaded: where eight in ten right runs lie on the validation documents." if bands else ""


def place_among(runs, name, accuracy, epochs):
    """Say where a test accuracy after so many epochs lies among those of right runs, each from another seed."""
    if name not in runs or epochs != len(runs[name]["low"]):  # trained for another time, it is not to be compared
        return
    others = runs[name]
    span = f"{others['lowest']:.1%} to {others['highest']:.1%}"
    if not others["same_sets"]:
        print(
            f"{name}: {accuracy:.1%} on test; {others['runs']} right runs with other seeds gave {span}, with these "
            "documents in another order, and so on other test documents."
        )
        return
    if others["lowest"] - ROUNDING < accuracy < others["highest"] + ROUNDING:
        print(f"{name}: {accuracy:.1%} on test; {others['runs']} right runs with other seeds gave {span}.")
        return
    side = "below" if accuracy < others["lowest"] else "above"
    share, fewest, most = others["below"]
    print(
        f"{name}: {accuracy:.1%} on test is unusual: it lies {side} all of {others['runs']} right runs ({span}).\n"
        f"About {100 * share:.0f} in 100 right runs do (95 % interval {100 * fewest:.1g} to {100 * most:.1g}), and no "
        "points hang on it.\n"
        "Do the checks above pass?"
    )
