"""Where a result is shown (pages, the table of grades, a terminal), and what a student's words must never do there."""

import csv
from pathlib import Path
from tempfile import TemporaryDirectory

from grading.report import pages, tables
from grading.report.terminal import Rows

PAGE, TABLE, TERMINAL, COMPARISON = "page", "table", "terminal", "comparison"
ESCAPES = {PAGE, TABLE, TERMINAL, COMPARISON}  # what stops an attack where no layer around student code does
MARKUP = ("<script>alert", "<img src=x")  # as the attacks write them
FORMULAS = tuple("=+-@")  # what a cell begins with that a spreadsheet computes


def escaped(result, room):
    """A sentence for each place where a student's words are taken for more than words."""
    with TemporaryDirectory() as place:
        page, report, table = (Path(place, name) for name in ("page.html", "report.html", "grades.csv"))
        try:
            pages.write_feedback(result, room, page)
            pages.write_report([result], room, report)
            tables.write_grades([result], room, table)
        except UnicodeError:
            yield "left no page that can be written"
            return
        written = {path.name: path.read_text(encoding="utf-8") for path in (page, report)}
        cells = [cell for row in csv.reader(table.read_text(encoding="utf-8").splitlines()) for cell in row]
    yield from (f"wrote into {name}" for name, text in written.items() if any(said in text for said in MARKUP))
    if any(cell.startswith(FORMULAS) for cell in cells):
        yield "wrote a formula into grades.csv"
    if not Rows(room.words).row(result).isprintable():
        yield "steered the terminal"
