"""export otter: the notebook that `otter assign` makes an autograder and a student's notebook of.

    OUT/NAME.ipynb          questions with their answers and tests, in otter's own marks
    OUT/graded_checks.py    what the tests import: numbers, and no answer

A question is an item of the rubric, all or nothing: one test that students see, and one with other numbers.
"""

import json
import re
from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from grading.build.blanks import BEGIN, blanked, find_regions
from grading.export import graded_cells
from grading.export.writing import python_notebook, text_of, write_folder

CONFIG = """# ASSIGNMENT CONFIG
name: {name}
files:
  - {module}.py
export_cell: false
check_all_cell: false
generate: true
"""


def export(room, source, out):
    """Write the notebook and its module to the folder `out`.  Raises ExportFault, MalformedSource."""
    name = Path(room.notebook).stem
    files = {
        f"{name}.ipynb": text_of(source_notebook(room)),
        f"{graded_cells.MODULE}.py": graded_cells.module_source(room),
    }
    write_folder(Path(out), files)
    return [
        f"otter's source: {out}; it holds the answers, so keep it to instructors",
        f"next, in that folder: otter assign --no-pdfs {name}.ipynb dist",
    ]


def source_notebook(room):
    """The notebook as otter reads it."""
    unseen = graded_cells.cases_of(room).unseen(room)
    config = CONFIG.format(name=Path(room.notebook).stem, module=graded_cells.MODULE)
    cells = [
        new_raw_cell(config),
        new_markdown_cell(graded_cells.heading(room)),
        new_code_cell(f"import {graded_cells.MODULE}"),
    ]
    for part in graded_cells.parts_of(room):
        cells += [new_markdown_cell(part.prose)] if part.prose else []
        answer = [new_raw_cell("# BEGIN SOLUTION"), new_code_cell(in_otters_marks(part.source, room))]
        for item in part.items:
            cells += question(item, room, answer, unseen.get(item.id))
            answer = []  # it stands in the first question of its class
    return python_notebook(cells)


def question(item, room, answer, unseen):
    """The cells of one item; `answer`: the cells of the solution, where this question holds it."""
    name = re.sub(r"\W", "_", item.id)
    settings = f"# BEGIN QUESTION\nname: {name}\npoints: {item.points}\nall_or_nothing: true\n"
    tests = [cell_for(item), cell_for(item, unseen)] if unseen else [cell_for(item)]
    return [
        new_raw_cell(settings),
        new_markdown_cell(f"**{room.words.item(item.id, 'title')}**"),
        *answer,
        *([new_raw_cell("# END SOLUTION")] if answer else []),
        new_raw_cell("# BEGIN TESTS"),
        *tests,
        new_raw_cell("# END TESTS"),
        new_raw_cell("# END QUESTION"),
    ]


def cell_for(item, unseen=None):
    """A test cell; with `unseen`, one that students do not see."""
    arguments = f"{item.class_name!r}, {item.id!r}" + (f", {json.dumps(unseen)}" if unseen else "")
    call = f"graded_checks.must_earn({arguments})"
    return new_code_cell(f"# HIDDEN\n{call}" if unseen else call)


def in_otters_marks(source, room):
    """A cell whose blanks are marked as otter has it: the prompt in a string, then the answer."""
    lines = source.split("\n")
    own = {found[1]: room.items[found[1]] for line in lines if (found := BEGIN.match(line))}
    marked, position = [], 0
    for region in find_regions(lines, own, room.source):
        answer = lines[region.first + 1 : region.last]
        indent = re.match(r"\s*", lines[region.first])[0]
        prompt = blanked(answer, own[region.item_id], room.source, region.first + 1)
        marked += lines[position : region.first]
        marked += [f'{indent}""" # BEGIN PROMPT', *prompt, f'{indent}""" # END PROMPT']
        marked += [f"{indent}# BEGIN SOLUTION NO PROMPT", *answer, f"{indent}# END SOLUTION"]
        position = region.last + 1
    return "\n".join(marked + lines[position:])
