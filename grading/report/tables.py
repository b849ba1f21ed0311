"""grades.csv: the class as a table for a spreadsheet."""

import csv
import io

from grading.whole_files import write_whole

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # the wide ones are formulas, too
GUARD = "'"
GUARDED = tuple(GUARD + start for start in FORMULA_STARTS)


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
    return GUARD + text if text.startswith(FORMULA_STARTS) else text


def out_of_spreadsheet(text):
    """The text that such a cell stands for."""
    return text.removeprefix(GUARD) if text.startswith(GUARDED) else text
