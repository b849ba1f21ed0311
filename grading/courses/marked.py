"""A marked folder: what `grade` has written, read back whole."""

import csv
from difflib import get_close_matches

from grading.downloads.register import read_register
from grading.mark.kept import counted_result
from grading.mark.student_names import listed, same_file_name
from grading.report.tables import in_spreadsheet


class MarkedFault(ValueError):
    """A marked folder, or something in it, can't be used: one sentence."""


def check_marked(folder):
    """Raises MarkedFault where a folder is none that `grade` wrote."""
    if not is_marked(folder):
        raise MarkedFault(f"{folder} is no marked folder (it has no results/); give the --out of a grade.")


def is_marked(folder):
    """Whether results lie in a folder; a link to one is none."""
    return (folder / "results").is_dir() and not (folder.is_symlink() or (folder / "results").is_symlink())


def students_in(folder):
    """The students of a marked folder, sorted.  Raises MarkedFault."""
    check_marked(folder)
    return sorted(path.stem for path in (folder / "results").glob("*.json"))


def read_result(folder, student):
    """One student's Result, by the name of the results or what a download calls the student.  Raises MarkedFault."""
    students = students_in(folder)
    known = [student] if student in students else called(folder, students, student)
    if len(known) != 1:
        near = get_close_matches(student, students, 5) or students[:5]
        raise MarkedFault(f"{folder} has no result of {student!r}; there are: {listed(near) or 'none'}.")
    return whole_result(folder, known[0])


def called(folder, students, name):
    """Those of the students whom overrides.csv may call so: by the results' name, or the key or name of a download."""
    try:
        entries = read_register(folder)
    except (OSError, ValueError, TypeError):  # what was marked is no download
        entries = {}
    names = {one: {one, in_spreadsheet(one)} for one in students}
    for one in entries.keys() & names.keys():
        names[one] |= {text for said in (entries[one].key, entries[one].name) for text in (said, in_spreadsheet(said))}
    return [one for one in students if same_file_name(name) in map(same_file_name, names[one] - {""})]


def read_results(folder):
    """student -> Result, sorted, of the class that was marked last: others' results may lie there from before.

    Raises MarkedFault.
    """
    students, last = students_in(folder), last_class(folder)
    return {one: whole_result(folder, one) for one in students if last is None or in_spreadsheet(one) in last}


def last_class(folder):
    """The students of grades.csv, as they are written there; None where there is no such table."""
    try:
        with (folder / "grades.csv").open(newline="", encoding="utf-8-sig") as table:
            return {row["student"] for row in csv.DictReader(table)}
    except (OSError, ValueError, KeyError, csv.Error):
        return None


def whole_result(folder, student):
    """A student's Result, read whole.  Raises MarkedFault."""
    result = counted_result(folder, student)
    if result is None:
        raise MarkedFault(f"{folder} has no whole result of {student!r}; mark it again with grade.")
    return result
