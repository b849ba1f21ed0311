"""A student's numbers among those of many right runs, as information: none of it gives or costs points."""

from assignment.bands import BANDS

NEWS, PRACTICE = "df_file.csv", "practice.csv.xz"
DOCUMENTS = 2225  # of both


def other_runs(documents_path, labels):
    """model -> what many right runs on these documents gave; nothing for documents that were never tried."""
    if len(labels) != DOCUMENTS:
        return {}
    return BANDS[NEWS if documents_path.name == NEWS else PRACTICE]


def bands_behind(runs, *names):
    """name -> (low, high) for the figure of the learning curves."""
    return {name: (runs[name]["low"], runs[name]["high"]) for name in names if name in runs}


def place_among(runs, name, accuracy, epochs):
    """Say where a test accuracy after so many epochs lies among those of right runs, each from another seed."""
    if name not in runs or epochs != len(runs[name]["low"]):  # trained for another time, it is not to be compared
        return
    others = runs[name]
    span = f"{others['lowest']:.1%} to {others['highest']:.1%}"
    if others["lowest"] <= accuracy <= others["highest"]:
        print(f"{name}: {accuracy:.1%} on test; {others['runs']} right runs with other seeds gave {span}.")
        return
    side = "below" if accuracy < others["lowest"] else "above"
    share, fewest, most = others["below"]
    print(
        f"{name}: {accuracy:.1%} on test is unusual: it lies {side} all of {others['runs']} right runs ({span}).\n"
        f"About {100 * share:.0f} in 100 right runs do (95 % interval {100 * fewest:.1f} to {100 * most:.0f}), and no "
        "points hang on it.\n"
        "Do the checks above pass?"
    )
