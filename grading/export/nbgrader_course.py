"""export nbgrader: a course folder in which nbgrader's own commands work, with our blanks and our checks.

COURSE/nbgrader_config.py             the settings
COURSE/assignment_preprocessors.py    what nbgrader does otherwise here; needs nothing but nbgrader
COURSE/source/NAME/NAME.ipynb         the notebook with its answers; nbgrader makes the release of it
COURSE/source/NAME/graded_checks.py   what the test cells import: numbers, and no answer
"""

import json
from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell

from grading.build.cells import included
from grading.export import graded_cells
from grading.export.kinds import ExportFault
from grading.export.writing import python_notebook, text_of, write_folder

PREPROCESSORS = "assignment_preprocessors"
PREPROCESSOR_SOURCES = ("grading/build/blanks.py", "grading/export/nbgrader_preprocessors.py")
BLANKS = "blanks"  # the notebook's metadata of that name is for ClearBlanks, which takes it out of the release
CELL_SECONDS = 30  # for one cell of a student's notebook; the import of torch and a short training take 2 s
CONFIG = """# {generated}
# Settings of an nbgrader course: run nbgrader's commands in this folder.
import sys
from pathlib import Path

from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import (
    AssignLatePenalties, CheckCellMetadata, ClearOutput, ClearSolutions, DeduplicateIds, GetGrades, IgnorePattern,
    LimitOutput, OverwriteCells, OverwriteKernelspec, SaveAutoGrades,
)
from nbconvert.preprocessors import ClearMetadataPreprocessor, CSSHTMLHeaderPreprocessor

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import {preprocessors} as course

c = get_config()
c.CourseDirectory.root = str(HERE)
c.CourseDirectory.course_id = {course!r}

# Release: our blanks become `...`; nbgrader's own regions are cleared as ever.
c.GenerateAssignment.preprocessors = [
    course.ClearBlanks if one is ClearSolutions else one for one in GenerateAssignment.preprocessors.default()
]

# Autograding: cells that were copied, renamed or removed are put right first; only a result earns points.
c.Autograde.sanitize_preprocessors = [
    course.RestoreCells, ClearOutput, DeduplicateIds, OverwriteKernelspec, OverwriteCells, CheckCellMetadata,
]
c.Autograde.autograde_preprocessors = [
    course.ExecuteWhatRuns, IgnorePattern, ClearMetadataPreprocessor, LimitOutput, course.OnlyTheResultCounts,
    SaveAutoGrades, AssignLatePenalties, CheckCellMetadata,
]
c.Autograde.exclude_overwriting = {{{assignment!r}: {modules!r}}}  # what a student wrote there is theirs
c.ExecuteWhatRuns.timeout = {seconds}
c.ExecuteWhatRuns.iopub_timeout = {seconds}  # by default 4: on a busy machine that ends a whole submission
c.OnlyTheResultCounts.not_run = {not_run!r}

# Feedback: neither the hidden tests nor what quotes them.
c.GenerateFeedback.preprocessors = [GetGrades, course.HideHiddenTests, CSSHTMLHeaderPreprocessor]
c.HideHiddenTests.said = {hidden_error!r}
"""


def export(room, source, out):
    """Write the course folder to `out`, which must not hold a course yet.  Raises ExportFault, MalformedSource."""
    out = Path(out)
    if (out / "nbgrader_config.py").exists() or (out.exists() and not out.is_dir()):
        raise ExportFault(f"{out} holds a course already; choose another folder, or remove that one first.")
    write_folder(out, course_files(room))
    return [
        f"course folder: {out}; it holds the answers, so keep it to instructors",
        f"next, in that folder: nbgrader generate_assignment {assignment_name(room)}",
    ]


def assignment_name(room):
    """The assignment's and the notebook's name in the course."""
    return Path(room.notebook).stem


def grade_id(item_id):
    """An item's id as nbgrader allows it."""
    return item_id.replace(".", "-")


def course_files(room):
    """path (relative to the course) -> text.  Raises MalformedSource, ExportFault."""
    name = assignment_name(room)
    source = Path("source") / name
    return {
        Path("nbgrader_config.py"): config(room),
        Path(f"{PREPROCESSORS}.py"): preprocessors(room),
        source / f"{name}.ipynb": text_of(source_notebook(room)),
        source / f"{graded_cells.MODULE}.py": graded_cells.module_source(room),
    }


def config(room):
    words = room.words.tables["test_cells"]
    return CONFIG.format(
        generated=graded_cells.generated_from(room),
        preprocessors=PREPROCESSORS,
        course=room.name,
        assignment=assignment_name(room),
        modules=sorted(room.modules),
        seconds=CELL_SECONDS,
        not_run=words["not_run"],
        hidden_error=words["hidden_error"],
    )


def preprocessors(room):
    text = "\n\n\n".join(included(path, room) for path in PREPROCESSOR_SOURCES)
    return f"# {graded_cells.generated_from(room)}\n{text}\n"


def source_notebook(room):
    """The notebook that instructors have: prose, each cell with classes as a solution cell, and its test cells."""
    unseen = graded_cells.cases_of(room).unseen(room)
    cells = [new_markdown_cell(graded_cells.heading(room), id="heading")]
    for part in graded_cells.parts_of(room):
        cells += [new_markdown_cell(part.prose, id=f"{part.name}-text")] if part.prose else []
        cells.append(with_id(new_code_cell(part.source, id=part.name), part.name, solution=True))
        for item in part.items:
            test = new_code_cell(test_source(item, unseen.get(item.id)), id=grade_id(item.id))
            cells.append(with_id(test, grade_id(item.id), points=item.points))
    made = python_notebook(cells)
    made.metadata[BLANKS] = {
        item.id: {"blank": item.blank, "prompt": room.words.prompt(item)} for item in room.items.values() if item.blank
    }
    return made


def test_source(item, unseen):
    """A test cell: it prints what was found, and ends with the points."""
    lines = [f"import {graded_cells.MODULE}", ""]
    lines.append(f"points = {graded_cells.MODULE}.earned({item.class_name!r}, {item.id!r})")
    if unseen:
        hidden = f"points = {graded_cells.MODULE}.earned_unseen(points, {item.class_name!r}, {json.dumps(unseen)})"
        lines += ["### BEGIN HIDDEN TESTS", hidden, "### END HIDDEN TESTS"]
    return "\n".join([*lines, "points"])


def with_id(cell, name, points=None, solution=False):
    """A cell with the metadata by which nbgrader knows it (schema 3): a test cell, or a solution cell."""
    graded = points is not None
    cell.metadata["nbgrader"] = {
        "schema_version": 3,
        "grade_id": name,
        "solution": solution,
        "grade": graded,
        "locked": graded,
        "task": False,
    } | ({"points": points} if graded else {})
    return cell
