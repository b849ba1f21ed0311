"""Every product of a room: what is in each, and whether the files that lie there are the same."""

import io
import json
import zipfile
from pathlib import Path

import nbformat

from grading.build.blanks import MalformedSource, find_regions, for_instructors, for_students
from grading.build.cells import included, read_cells
from grading.build.release_tests import release_tests
from grading.room import REPOSITORY, RoomError
from grading.variants import UnevenVariant, chosen_lines
from grading.whole_files import write_whole

INSTRUCTORS_ONLY = Path("instructor")  # ignored by git
RELEASES = Path("release")  # ignored by git; what students may have
CHECK_PARTS = (
    "grading/mark/agreement.py",
    "grading/sandbox/statement.py",
    "grading/sandbox/function_modes.py",
    "grading/sandbox/operations.py",
    "assignment/checks.py",
)


def make_products(room):
    """path (relative to the repository) -> bytes, for every product of the room.  Raises MalformedSource."""
    numbers, lines = source_lines(room)
    try:
        regions = find_regions(lines, room.items, room.source)
        for_all = for_students(lines, regions, room.items, room.source)
    except MalformedSource as reason:
        raise MalformedSource(reason.name, numbers[reason.line - 1], reason.reason) from None
    generated = {"checks": check_module(room)}
    students = notebook(for_all, room, generated, "student")
    instructors = notebook(for_instructors(lines, regions), room, generated, "instructor")
    handed_out = {room.notebook: notebook_bytes(students)}
    handed_out |= {name: module_bytes(students, cells) for name, cells in room.modules.items()}
    products = {room.handed_out(name): content for name, content in handed_out.items()}
    solution = INSTRUCTORS_ONLY / room.name
    products |= {solution / name: module_bytes(instructors, cells) for name, cells in room.modules.items()}
    products[solution / room.notebook] = notebook_bytes(instructors)
    products[RELEASES / room.release] = release_zip(room, handed_out)
    return products


def source_lines(room):
    """(line numbers, lines) of the room's source, in the variant that the course has set.  Raises MalformedSource."""
    try:
        kept = chosen_lines((room.path / room.source).read_text(encoding="utf-8").splitlines(), room.convention)
    except UnevenVariant as uneven:
        raise MalformedSource(room.source, uneven.line, f"{uneven.reason}.") from None
    return [number for number, _ in kept], [line for _, line in kept]


def notebook(lines, room, generated, audience):
    """A notebook from a projected source; raises if it is not valid nbformat 4.5."""
    cells = read_cells("\n".join(lines) + "\n", room, generated, audience)
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "colab": {"provenance": [], "toc_visible": True},
        "generated_from": f"{room.path.relative_to(REPOSITORY)}/{room.source}; do not edit",
    }
    made = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
    made.nbformat_minor = 5
    nbformat.validate(made)
    return made


def notebook_bytes(made):
    return (nbformat.writes(made, version=4) + "\n").encode()


def module_bytes(made, cell_ids):
    """A module that is exactly the named cells of a notebook, one after the other."""
    sources = {cell.id: cell.source for cell in made.cells}
    return ("\n\n\n".join(sources[cell_id] for cell_id in cell_ids) + "\n").encode()


def check_module(room):
    """The cell that writes the notebook's checks to a module of their own, out of the student's names."""
    return f"%%writefile notebook_checks.py\n{check_source(room, CHECK_PARTS)}"


def check_source(room, parts):
    """The source of a module made of `parts` and of the table that the notebook's checks compare with."""
    data = room.load("check_cases").check_data(room)
    classes = ",\n".join(f"{json.dumps(name)}: {class_lines(checks)}" for name, checks in data["classes"].items())
    words = json.dumps(data["words"], ensure_ascii=False, indent=1)
    table = f'{{"words": {words},\n"classes": {{\n{classes}}}}}'
    text = "\n\n\n".join(included(part, room) for part in parts)
    return f"import json\n\n{text}\n\n\nCHECKS = json.loads(r'''\n{table}\n''')"


def class_lines(checks):
    """One item a line, so that a change shows as a line."""
    items = ",\n".join(json.dumps(item, ensure_ascii=False) for item in checks["items"])
    whole = json.dumps(checks.get("whole"), ensure_ascii=False)
    return f'{{"items": [\n{items}\n],\n"whole": {whole}\n}}'


def release_zip(room, handed_out):
    """What students get: the notebook, the modules, tests, practice data; the same room gives the same bytes.

    handed_out   the notebook's and the modules' names -> bytes
    """
    members = dict(handed_out)
    for path, place in room.release_files.items():
        if not (REPOSITORY / path).is_file():
            raise RoomError(f"assignment.toml puts {path} into the release, but it is not there; make it or unlist it.")
        members[place] = (REPOSITORY / path).read_bytes()
    if room.release_tests:
        members |= release_tests(room, check_source(room, CHECK_PARTS))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in sorted(members.items()):
            member = zipfile.ZipInfo(f"{Path(room.release).stem}/{name}", date_time=(1980, 1, 1, 0, 0, 0))
            member.external_attr = 0o644 << 16
            archive.writestr(member, content)
    return packed.getvalue()


def write_products(products, root=REPOSITORY):
    """Write what has changed, each file whole or not at all; the paths that were written."""
    written = []
    for path, content in products.items():
        target = root / path
        if not target.is_file() or target.read_bytes() != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            write_whole(target, content)
            written.append(path)
    return written


def stale_products(products, root=REPOSITORY):
    """The products that differ from what lies there.  What git ignores may be absent, but not old."""
    return [
        path for path, content in products.items() if is_stale(root / path, content, may_be_absent=is_ignored(path))
    ]


def is_stale(target, content, may_be_absent):
    if not target.is_file():
        return not may_be_absent
    return target.read_bytes() != content


def is_ignored(path):
    return path.parts[0] in {INSTRUCTORS_ONLY.name, RELEASES.name}
