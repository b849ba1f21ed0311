"""A class of seven, each with one module, and the marking of one submission replaced by a ready result."""

import csv

from grading.room import REPOSITORY

CASES = REPOSITORY / "assignment" / "cases"


STUDENTS = ["Ann", "Bob", "Cyd", "Dan", "Eve", "Fay", "Gus"]


class NoPool:
    """A pool in which nothing has to be started."""

    def get(self):
        return None

    def close(self):
        pass


def results_in(out):
    return {path.stem: path.read_bytes() for path in (out / "results").iterdir()}


def rows_in(out):
    with (out / "grades.csv").open(newline="", encoding="utf-8") as table:
        return [row["student"] for row in csv.DictReader(table)]


def raising(student, error):
    def spoil(submission):
        if submission.student == student:
            raise error

    return spoil
