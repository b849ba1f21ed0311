"""grades.csv, and the same as rows for a terminal."""

import csv
import io

from rich.cells import cell_len, chop_cells, set_cell_size

from grading.mark.result import plain
from grading.report.pages import write_whole

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # the wide ones are formulas, too
NAME_WIDTH = 28  # cells of a terminal


def write_grades(results, room, path):
    """One row a student: `student,score,score_possible,max_score,status`, then the points of each item."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["student", "score", "score_possible", "max_score", "status", *room.items])
    for result in results:
        points = {item.id: item.points for item in result.items}
        row = [in_spreadsheet(result.student), result.score, result.score_possible, result.max_score, result.status]
        writer.writerow([*row, *(points.get(item_id, 0.0) for item_id in room.items)])
    write_whole(path, text.getvalue())


def in_spreadsheet(text):
    """A text that no spreadsheet takes for a formula."""
    return "'" + text if text.startswith(FORMULA_STARTS) else text


class Rows:
    """Rows for a terminal, one by one as submissions are finished: student, score, status, and what was lost."""

    def heading(self):
        return f"{'student':<{NAME_WIDTH}}  {'score':>6}  {'status':<12}  not right yet"

    def row(self, result):
        """One line; all in it is printable, so that no student's words can steer a terminal."""
        name = (
            result.student if cell_len(result.student) <= NAME_WIDTH else f"{chop_to(result.student, NAME_WIDTH - 1)}…"
        )
        status = result.status.replace("_", " ")
        return f"{set_cell_size(name, NAME_WIDTH)}  {result.score:>6g}  {status:<12}  {plain(lost_in(result))}".rstrip()


def chop_to(text, cells):
    return next(iter(chop_cells(text, cells)), "")


def lost_in(result):
    """What a result lost, in a few words; of one that was rejected, the reason."""
    if result.status == "rejected":
        return " ".join(result.notes)
    lost = [told(item) for item in result.items if item.status != "passed" and item.max_points]
    return ", ".join(lost[:4]) + (f" and {len(lost) - 4} more" if len(lost) > 4 else "")


def told(item):
    return f"{item.id} ({item.misconception})" if item.misconception else item.id
