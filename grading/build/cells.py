"""The cells of a source, in jupytext's percent format, with what the builder puts into them."""

import ast
import base64
import re

import jupytext
import nbformat

from grading.build.blanks import MalformedSource
from grading.room import REPOSITORY

OWN_PACKAGES = ("grading", "assignment", "labs", "data")
LINT_COMMENT = re.compile(r"\s*# (noqa|fmt)\b.*$", re.MULTILINE)
PICTURE = re.compile(r"\]\((drawings/[\w.-]+\.png)\)")


def read_cells(text, room, generated, audience):
    """The notebook cells of a projected source, for `audience` ("student" or "instructor").

    A cell's metadata in the source: `id` (required), `include` (a file whose text becomes the cell),
    `generate` (a key of `generated`, whose text becomes the cell), `audience`.
    """
    cells = []
    for cell in jupytext.reads(text, fmt="py:percent").cells:
        metadata = checked_metadata(cell, text, room, generated)
        if metadata.pop("audience", audience) != audience:
            continue
        cell_id = metadata.pop("id", None)
        if not cell_id or cell_id in {done.id for done in cells}:
            raise MalformedSource(
                room.source, line_of(text, cell), f"the cell id {cell_id!r} is missing or not unique."
            )
        source = cell.source
        if "include" in metadata:
            source = f"{source}\n{included(metadata.pop('include'), room)}".lstrip("\n")
            metadata |= {"cellView": "form", "jupyter": {"source_hidden": True}}
        if "generate" in metadata:
            source = f"{source}\n{generated[metadata.pop('generate')]}".lstrip("\n")
            metadata |= {"cellView": "form", "jupyter": {"source_hidden": True}}
        cells.append(make_cell(cell.cell_type, source, cell_id, metadata, room))
    return cells


def checked_metadata(cell, text, room, generated):
    """A cell's metadata, every key and value known: a slip here could hand the answers out."""
    metadata = {key: value for key, value in cell.metadata.items() if key != "lines_to_next_cell"}
    known = {"id", "include", "generate", "audience", "tags"}
    wrong = [f"the key {key!r} is none of {', '.join(sorted(known))}" for key in metadata if key not in known]
    if metadata.get("audience", "student") not in {"student", "instructor"}:
        wrong.append(f"the audience {metadata['audience']!r} is neither student nor instructor")
    if "generate" in metadata and metadata["generate"] not in generated:
        wrong.append(f"nothing is generated under {metadata['generate']!r}")
    if "include" in metadata and not any((base / metadata["include"]).is_file() for base in (room.path, REPOSITORY)):
        wrong.append(f"there is no file {metadata['include']!r} to include")
    if wrong:
        raise MalformedSource(room.source, line_of(text, cell), f"in the cell {metadata.get('id')!r}, {wrong[0]}.")
    return metadata


def make_cell(kind, source, cell_id, metadata, room):
    if kind == "markdown":
        source = PICTURE.sub(lambda found: f"]({as_data(room.path / found[1])})", source)
        return nbformat.v4.new_markdown_cell(source, id=cell_id, metadata=metadata)
    return nbformat.v4.new_code_cell(source, id=cell_id, metadata=metadata)


def line_of(text, cell):
    """Where a cell begins in the source: the line with its id, else about where its first words are."""
    lines = text.splitlines()
    marks = [f'id="{cell.metadata["id"]}"'] if cell.metadata.get("id") else []
    marks += [line for line in cell.source.splitlines() if line.strip()][:1]
    return next((n for mark in marks for n, line in reversed(list(enumerate(lines, 1))) if mark in line), 1)


def included(name, room):
    """A module's text as a cell: without its docstring, imports of what the notebook holds anyway, and its script."""
    path = room.path / name if (room.path / name).is_file() else REPOSITORY / name
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    dropped = set()
    for position, statement in enumerate(ast.parse(text).body):
        docstring = position == 0 and isinstance(statement, ast.Expr)
        own = isinstance(statement, ast.ImportFrom) and statement.module.partition(".")[0] in OWN_PACKAGES
        script = isinstance(statement, ast.If) and ast.unparse(statement.test) == "__name__ == '__main__'"
        if docstring or own or script:
            dropped |= set(range(statement.lineno - 1, statement.end_lineno))
    kept = "\n".join(line for number, line in enumerate(lines) if number not in dropped)
    return re.sub(r"\n{4,}", "\n\n\n", LINT_COMMENT.sub("", kept)).strip("\n")


def as_data(path):
    """A picture as a data URI: Colab shows no attachments, and a notebook travels alone."""
    return "data:image/png;base64," + base64.b64encode(path.read_bytes()).decode()
