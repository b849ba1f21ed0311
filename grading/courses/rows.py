"""Rows of a CSV file that a person wrote, with their lines, so that an error can name the place."""

import csv
import io

from grading.courses.course import CourseFault

SIZE_LIMIT = 64 * 1024 * 1024  # bytes
OF_SEVERAL_LINES = {"reason"}  # the columns in which a person may write more than a line


def read_rows(path):
    """(columns, [(line, {column: text})]) of a file; empty rows are left out.  Raises CourseFault.

    columns   as in the first row, without blanks around them
    """
    reader = csv.reader(io.StringIO(read_text(path)), strict=True)
    try:
        columns = [name.strip() for name in next(reader, [])]
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error as reason:
        raise CourseFault(f"{path}, line {reader.line_num}, is no row of a CSV file ({reason}); correct it.") from None
    for line, row in rows:
        if len(row) > len(columns) and any(row[len(columns) :]):
            raise CourseFault(
                f"{path}, line {line}, has more cells than the first row; put quotes around what holds a comma."
            )
        if any("\n" in cell for name, cell in zip(columns, row, strict=False) if name not in OF_SEVERAL_LINES):
            raise CourseFault(f"{path} has a line break in a cell that ends in line {line}; close the quote before it.")
    return columns, [(line, dict(zip(columns, row, strict=False))) for line, row in rows if any(row)]


def read_text(path):
    """The file's text.  Raises CourseFault."""
    try:
        with path.open("rb") as file:
            content = file.read(SIZE_LIMIT)
        return content.decode("utf-8-sig")
    except OSError as reason:
        raise CourseFault(f"{path} can't be read ({reason.strerror}); put it there.") from None
    except UnicodeDecodeError:
        raise CourseFault(f'{path} is not in UTF-8; save it as "CSV UTF-8".') from None


def need_columns(path, columns, needed):
    """Raises CourseFault where one of the `needed` columns is not there."""
    missing = [name for name in needed if name not in columns]
    if missing:
        raise CourseFault(f"{path} has no column {missing[0]!r}; its first row has to be: {','.join(needed)}.")
