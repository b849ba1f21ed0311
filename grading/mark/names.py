"""Which of a student's files is which of the assignment's, by their names."""

import re
from pathlib import PurePosixPath

from grading.mark.student_names import same_file_name

COPY_MARK = r"(?:[ _-]*(?:\(\d+\)|copy(?:[ _-]*\d+)?|-[ ]?\d{1,2}))*"  # what browsers and systems add to a second copy


class Rejected(ValueError):
    """One submission can't be read: the key of a sentence in the table of words, and what stands in its places."""

    def __init__(self, key, **places):
        super().__init__(key, places)
        self.said = (key, {name: str(value) for name, value in places.items()})


def is_clutter(name):
    """What systems leave in folders and zips."""
    return name.startswith((".", "__MACOSX")) or name == "__pycache__"


def likeness(name):
    """A file name without what a browser, a mail program or a hurried student changes in it.

    `rnn-skeleton (1).PY`, `Copy of RNN_skeleton.py` and `RNN_skeleton.py.txt` are like `RNN_skeleton.py`.
    """
    name = same_file_name(name).removesuffix(".txt") if name.lower().endswith(".py.txt") else same_file_name(name)
    stem, dot, suffix = name.rpartition(".")
    stem = re.sub(rf"{COPY_MARK}$", "", stem.removeprefix("copy of ").strip())
    return re.sub(r"[ _-]+", "_", stem) + dot + {"txt": "py"}.get(suffix, suffix)


def owner_of(name, wanted):
    """The student that a file like `alice_RNN_skeleton.py` is named after, or None."""
    for wanted_name in wanted:
        stem, _, suffix = wanted_name.rpartition(".")
        words = r"[ _-]+".join(map(re.escape, re.split(r"[ _-]+", stem)))
        found = re.fullmatch(rf"(.+?)[ _-]+{words}{COPY_MARK}\.{suffix}", name, re.IGNORECASE)
        if found:
            return found[1]
    return None


def choose(places, wanted):
    """({wanted name: place}, notes): which of the files at `places` is which of the assignment's.

    A file has its own name; else one that is like it; else a module may be the one that names its subject (`rnn` in
    `my_rnn.py`), or the only one there is, which then is looked at for every module; else the only notebook stands in.
    Of two of one name, the one less deep counts.  Raises Rejected where two are: whose work would it be?
    """
    places = sorted({place for place in places if not any(map(is_clutter, place.parts))}, key=by_depth)
    chosen, notes = {}, []
    for name in sorted(wanted):
        exact = [place for place in places if place.name == name]
        like = [place for place in places if place.name not in wanted and likeness(place.name) == likeness(name)]
        if found := exact or like:
            chosen[name] = the_one(name, found)
        beside = [place for place in like if exact and place.parent == chosen[name].parent]
        notes += [("beside", {"file": name, "other": place.name}) for place in beside]
    chosen |= choose_by_kind(places, wanted, chosen)
    for name, place in chosen.items():
        if place.name != name:
            notes.append(("taken_for", {"file": name, "other": place.name}))
    return chosen, notes


def by_depth(place):
    return len(place.parts), str(place)


def the_one(name, places):
    """The least deep of places.  Raises Rejected where two are."""
    if len(places) > 1 and len(places[0].parts) == len(places[1].parts):
        raise Rejected("twice", name=name, first=places[0], second=places[1])
    return places[0]


def choose_by_kind(places, wanted, chosen):
    """For the modules that are still missing what can be meant by them; for a PDF that is all there is, the report."""
    missing = [name for name in sorted(wanted) if name.endswith(".py") and name not in chosen]
    notebook = next((name for name in sorted(wanted) if name.endswith(".ipynb")), None)
    if not missing or notebook in chosen:
        return {}
    own = [place for place in places if place not in chosen.values()]
    modules = [place for place in own if place.suffix.lower() == ".py"]
    notebooks = [place for place in own if place.suffix.lower() == ".ipynb"]
    subjects = {name: name.partition("_")[0].lower() for name in wanted if name.endswith(".py")}
    found = {}
    for name in missing:
        fitting = [place for place in modules if subjects_in(place, subjects) == [subjects[name]]]
        found |= {name: fitting[0]} if len(fitting) == 1 else {}
    if len(found) < len(missing) and notebook and len(notebooks) == 1:
        found[notebook] = notebooks[0]
    elif not found and len(modules) == 1 and not any(name in chosen for name in subjects):
        found = dict.fromkeys(missing, modules[0])
    return found or only_report(places, wanted, chosen)


def only_report(places, wanted, chosen):
    reports = [name for name in wanted if name.endswith(".pdf")]
    if chosen or len(places) != 1 or places[0].suffix.lower() != ".pdf" or len(reports) != 1:
        return {}
    return {reports[0]: places[0]}


def subjects_in(place, subjects):
    return [subject for subject in subjects.values() if subject in place.stem.lower()]


def place_of(member_name):
    """Where a name in a zip says that it belongs, whichever slash its system writes."""
    return PurePosixPath(member_name.replace("\\", "/"))
