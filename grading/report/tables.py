"""grades.csv, and the same table for a terminal."""

import csv
import io

from rich.markup import escape
from rich.table import Table

from grading.report.pages import write_whole

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


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


def terminal_table(results, room):
    """A rich Table: student, score, status, and what was lost."""
    table = Table(title=f"{room.title}: {len(results)} submissions")
    table.add_column("student", overflow="fold")
    table.add_column("score", justify="right")
    table.add_column("status")
    table.add_column("not right yet", overflow="fold")
    for result in results:
        lost = [told(item) for item in result.items if item.status != "passed" and item.max_points]
        shown = ", ".join(lost[:4]) + (f" and {len(lost) - 4} more" if len(lost) > 4 else "")
        if result.status == "rejected":
            shown = " ".join(result.notes)
        table.add_row(escape(result.student), f"{result.score:g}", result.status.replace("_", " "), escape(shown))
    return table


def told(item):
    return f"{item.id} ({item.misconception})" if item.misconception else item.id
