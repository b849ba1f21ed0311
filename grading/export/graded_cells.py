"""The blanks and the test cells of an assignment, for course systems that run a notebook: nbgrader and otter.

Such a notebook holds the cells with the classes, the prose before each, and a test for each scored item; no documents
and no training, since a course system runs every cell of every student.
"""

import ast
import json
from dataclasses import dataclass

from grading.build.blanks import find_regions
from grading.build.cells import read_cells
from grading.build.products import CHECK_PARTS, check_source, source_lines
from grading.export.kinds import ExportFault
from grading.room import REPOSITORY

MODULE = "graded_checks"  # beside the notebook; holds numbers, and no answer


@dataclass(frozen=True)
class Part:
    """One cell with classes.

    prose    the Markdown cell right before it, or ""
    source   the cell, with its answers between the markers of its blanks
    classes  the names of the classes in it
    items    the scored items of these classes, as the rubric has them
    """

    prose: str
    source: str
    classes: tuple
    items: tuple

    @property
    def name(self):
        return "_".join(self.classes)


def parts_of(room):
    """The Parts of a room's notebook, in order.  Raises MalformedSource, ExportFault."""
    _, lines = source_lines(room)
    find_regions(lines, room.items, room.source)
    cells = read_cells("\n".join(lines) + "\n", room, {"checks": ""}, "student")
    wanted = {cell_id for ids in room.modules.values() for cell_id in ids}
    parts, prose = [], ""
    for cell in cells:
        if cell.id in wanted:
            parts.append(part_of(room, cell.source, prose))
        prose = cell.source if cell.cell_type == "markdown" else ""
    missing = [i.id for i in scored(room) if not any(i in part.items for part in parts)]
    if missing:
        raise ExportFault(f"no cell holds the class of {', '.join(missing)}; correct the item's target in rubric.toml.")
    return parts


def part_of(room, source, prose):
    classes = tuple(node.name for node in ast.parse(source).body if isinstance(node, ast.ClassDef))
    return Part(prose, source, classes, tuple(i for i in scored(room) if i.class_name in classes))


def scored(room):
    return [item for item in room.items.values() if item.points]


def cases_of(room):
    """The room's module of what its test cells compare with.  Raises ExportFault."""
    if not (room.path / "graded_cases.py").is_file():
        raise ExportFault(
            f"the assignment {room.name} has no graded_cases.py, so no test cells; write one, or use grade."
        )
    return room.load("graded_cases")


def module_source(room):
    """The source of the module that the test cells import.  Raises ExportFault."""
    cases = cases_of(room)
    text = check_source(room, (*CHECK_PARTS, *cases.PARTS))
    table = json.dumps(cases.earning(room), ensure_ascii=False, indent=1)
    return f"# {generated_from(room)}\n{text}\n\nEARNING = json.loads(r'''\n{table}\n''')\n"


def generated_from(room):
    return f"generated from {room.path.relative_to(REPOSITORY)}/{room.source}; do not edit"


def heading(room):
    """The first cell: what this notebook is."""
    words = room.words
    title = words.say("test_cells", "heading", title=room.title)
    intro = words.say("test_cells", "intro", release=f"`{room.release}`")
    return f"<!-- {generated_from(room)} -->\n# {title}\n\n{intro}"
