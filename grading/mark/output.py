"""The folder of the results: made ready, written whole, and read back as a marked class."""

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from grading.mark.kept import result_path
from grading.mark.result import Result
from grading.report import pages, tables
from grading.whole_files import HALF_WRITTEN, make_writable


class UnusableOutput(ValueError):
    """The output folder can't be written, or not any more: one sentence."""


@dataclass(frozen=True)
class MarkedClass:
    """A marked class: whose results lie where.  A result is read when its turn comes, so that any class fits."""

    students: tuple  # sorted
    out: Path

    @property
    def results(self):
        """Each Result, in the order of the students."""
        for student in self.students:
            yield Result.from_json(result_path(self.out, student).read_text(encoding="utf-8"))


def prepare(out):
    """The output folder with its subfolders, without what an interrupted run left half written.

    Raises UnusableOutput.
    """
    out = Path(out)
    with usable(out):
        for folder in (out / "results", out / "feedback"):
            folder.mkdir(parents=True, exist_ok=True)
        for folder in (out, *(out / name for name in ("results", "feedback", "marked", "faults"))):
            for half_written in folder.glob(f"*{HALF_WRITTEN}"):
                half_written.unlink()
        make_writable(out)
    return out


@contextmanager
def usable(out):
    """Turns an error of the file system under `out` into UnusableOutput."""
    try:
        yield
    except OSError as reason:
        why = f"{out} can't be written ({reason.strerror}); make room there, or choose another folder with --out."
        raise UnusableOutput(why) from None


def write_tables(marked, room):
    """grades.csv and report.html.  Raises UnusableOutput."""
    with usable(marked.out):
        tables.write_grades(marked.results, room, marked.out / "grades.csv")
        pages.write_report(marked.results, room, marked.out / "report.html")
