"""What the builder makes of the main room: the same bytes every time, valid, and without an answer for students."""

import ast
import base64
import dataclasses
import hashlib
import importlib.util
import io
import lzma
import os
import re
import subprocess
import sys
import textwrap
import zipfile
from collections import Counter
from pathlib import Path

import nbformat
import pytest

from grading.build.blanks import MalformedSource, find_regions, for_students
from grading.build.cells import read_cells
from grading.build.products import (
    CHECK_PARTS,
    check_source,
    is_ignored,
    make_products,
    source_lines,
    stale_products,
    write_products,
)
from grading.build.release_tests import release_tests
from grading.room import REPOSITORY, RoomError
from grading.sandbox.reading import find_target

NOTEBOOK = Path("RNN_Implementation.ipynb")
SOLUTION = Path("instructor/assignment")
RELEASE = Path("release/RNN_assignment.zip")
FOR_STUDENTS = {NOTEBOOK, Path("RNN_skeleton.py"), Path("GRU_skeleton.py"), RELEASE}
FOR_INSTRUCTORS = {SOLUTION / name for name in ("RNN_Implementation.ipynb", "RNN_skeleton.py", "GRU_skeleton.py")}


def read(products, path):
    return nbformat.reads(products[path].decode(), as_version=4)


@pytest.fixture(scope="module")
def notebook(products):
    return read(products, NOTEBOOK)


@pytest.fixture(scope="module")
def source(room):
    return "\n".join(source_lines(room)[1]) + "\n"


def test_the_products_are_these(products):
    assert set(products) == FOR_STUDENTS | FOR_INSTRUCTORS


# The same room, the same bytes


def test_the_same_room_gives_the_same_bytes_twice(room, products):
    assert make_products(room) == products


@pytest.mark.parametrize("hash_seed", ["1", "4711"])
def test_the_same_room_gives_the_same_bytes_in_another_process(products, hash_seed):
    script = """
    import hashlib
    from grading.build.products import make_products
    from grading.room import open_room
    for path, content in make_products(open_room()).items():
        print(hashlib.sha256(content).hexdigest(), path)
    """
    told = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        cwd=REPOSITORY,
        env=os.environ | {"PYTHONHASHSEED": hash_seed, "TZ": "Asia/Tokyo"},
        capture_output=True,
        text=True,
        check=True,
    )
    here = [f"{hashlib.sha256(content).hexdigest()} {path}" for path, content in products.items()]
    assert told.stdout.splitlines() == here


# No answer for students


def squashed(text):
    """A text without its white space, so that a line break hides nothing."""
    return re.sub(r"\s+", "", text)


def statements_in(text):
    """How often each Python statement stands in a text, also within a string in it: Counter of its unparsed form."""
    found = Counter()
    without_magic = "\n".join("" if line.startswith(("%", "!")) else line for line in text.splitlines())
    try:
        tree = ast.parse(textwrap.dedent(without_magic))
    except (SyntaxError, ValueError):
        return found
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt):
            found[ast.unparse(node)] += 1
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found += statements_in(node.value)
    return found


def times_told(answers, text):
    """answer -> how often it stands in a text, as code or in any spacing."""
    squeezed, statements = squashed(text), statements_in(text)
    return {answer: max(squeezed.count(squashed(answer)), statements[answer]) for answer in answers}


def texts_in(name, content):
    """(name, text) of everything that can be read in a product: cells one by one, members of a zip, unpacked."""
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                yield from texts_in(member, archive.read(member))
        return
    if name.endswith(".xz"):
        content = lzma.decompress(content)
    text = content.decode("utf-8")
    yield name, text
    if name.endswith(".ipynb"):
        for cell in nbformat.reads(text, as_version=4).cells:
            yield f"{name}, cell {cell.id}", cell.source


@pytest.fixture(scope="module")
def answers(room, source):
    """Every statement in every blank, as ast.unparse writes it."""
    lines = source.splitlines()
    regions = find_regions(lines, room.items, room.source)
    bodies = ["\n".join(lines[region.first + 1 : region.last]) for region in regions]
    return [ast.unparse(statement) for body in bodies for statement in ast.parse(textwrap.dedent(body)).body]


@pytest.fixture(scope="module")
def given(room, source, answers):
    """answer -> how often it stands outside every blank: GRUModel comes with the fc that VanillaRNN asks for."""
    lines = source.splitlines()
    outside = for_students(lines, find_regions(lines, room.items, room.source), room.items, room.source)
    return {answer: squashed("\n".join(outside)).count(squashed(answer)) for answer in answers}


def leaks(products, paths, answers, given):
    return [
        (where, answer)
        for path in paths
        for where, text in texts_in(str(path), products[path])
        for answer, times in times_told(answers, text).items()
        if times > given[answer]
    ]


def test_there_are_sixteen_answers_of_which_one_is_given_elsewhere(answers, given):
    assert len(answers) == len(set(answers)) == 16
    assert {answer: n for answer, n in given.items() if n} == {"self.fc = nn.Linear(hidden_size, output_size)": 1}


def test_no_product_for_students_holds_an_answer(products, answers, given):
    assert leaks(products, FOR_STUDENTS, answers, given) == []


def test_the_search_finds_every_answer_in_the_solution(products, answers, given):
    found = {answer for _, answer in leaks(products, FOR_INSTRUCTORS, answers, dict.fromkeys(given, 0))}
    assert found == set(answers)


HIDDEN = {
    "plain": "    z_t = torch.sigmoid(self.W_z(x) + self.U_z(h_prev))\n",
    "comment": "# z_t = torch.sigmoid(self.W_z(x)+self.U_z(h_prev))",
    "spread_out": "z_t = torch.sigmoid(\n    self.W_z( x )\n    + self.U_z( h_prev )\n)\n",
    "in_brackets": "z_t = (torch.sigmoid((self.W_z(x)) + self.U_z(h_prev,),))\n",
    "in_a_string": 'hint = "z_t = torch.sigmoid((self.W_z(x)) + self.U_z(h_prev))"\n',
    "in_a_written_file": "%%writefile a\nT = r'''if x:\n    z_t = torch.sigmoid((self.W_z(x)) + self.U_z(h_prev))'''",
}


@pytest.mark.parametrize("text", HIDDEN.values(), ids=HIDDEN)
@pytest.mark.parametrize("where", ["module", "cell", "release"])
def test_the_search_finds_an_answer_however_it_is_written(text, where, answers, given):
    path, content = Path("leaky.py"), text.encode()
    if where == "cell":
        cells = [nbformat.v4.new_code_cell("print(1)", id="a"), nbformat.v4.new_code_cell(text, id="b")]
        path, content = Path("leaky.ipynb"), nbformat.writes(nbformat.v4.new_notebook(cells=cells)).encode()
    if where == "release":
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a/leaky.py", content)
        path, content = Path("leaky.zip"), packed.getvalue()
    found = leaks({path: content}, [path], answers, given)
    assert {answer for _, answer in found} == {"z_t = torch.sigmoid(self.W_z(x) + self.U_z(h_prev))"}


def test_what_is_for_instructors_alone_is_in_no_product_for_students(products):
    for path in FOR_STUDENTS:
        for where, text in texts_in(str(path), products[path]):
            assert "For instructors" not in text, where
            assert "BEGIN BLANK" not in text, where
            assert "END BLANK" not in text, where
    assert "For instructors" in products[SOLUTION / NOTEBOOK].decode()


# Skeletons and modules


@pytest.mark.parametrize("folder", [Path(), SOLUTION], ids=["students", "instructors"])
def test_a_module_is_exactly_its_cells_of_the_notebook(room, products, folder):
    cells = {cell.id: cell.source for cell in read(products, folder / NOTEBOOK).cells}
    for name, ids in room.modules.items():
        assert products[folder / name].decode() == "\n\n\n".join(cells[cell_id] for cell_id in ids) + "\n"


CLASSES = {"RNN_skeleton.py": {"VanillaRNN"}, "GRU_skeleton.py": {"GRUCell", "GRUModel"}}


@pytest.mark.parametrize("folder", [Path(), SOLUTION], ids=["students", "instructors"])
@pytest.mark.parametrize("name", CLASSES)
def test_a_module_imports_and_defines_its_classes(products, tmp_path, name, folder):
    (tmp_path / name).write_bytes(products[folder / name])
    spec = importlib.util.spec_from_file_location(name.removesuffix(".py"), tmp_path / name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert {key for key, value in vars(module).items() if isinstance(value, type)} == CLASSES[name]


def test_every_item_with_a_blank_has_it_in_the_skeleton_and_none_in_the_solution(room, products):
    blanks = [item for item in room.items.values() if item.blank]
    assert len(blanks) == 9
    for item in blanks:
        for folder, is_blank in ((Path(), True), (SOLUTION, False)):
            found = find_target(ast.parse(products[folder / item.file]), item.target)
            assert found["blank"] is is_blank, item.id
            assert found["line"], item.id


def test_every_blank_has_its_equation_or_its_prompt_beside_it(room, products):
    for item in room.items.values():
        if item.blank:
            lines = products[Path(item.file)].decode().splitlines()
            assert sum(line.endswith(f"# {item.prompt or item.equation}") for line in lines) == 1, item.id


# The notebook


@pytest.mark.parametrize("path", [NOTEBOOK, SOLUTION / NOTEBOOK], ids=str)
def test_the_notebook_is_valid_nbformat_4_5(products, path):
    made = read(products, path)
    nbformat.validate(made)
    assert (made.nbformat, made.nbformat_minor) == (4, 5)


@pytest.mark.parametrize("path", [NOTEBOOK, SOLUTION / NOTEBOOK], ids=str)
def test_no_cell_has_been_run(products, path):
    for cell in read(products, path).cells:
        if cell.cell_type == "code":
            assert (cell.outputs, cell.execution_count) == ([], None), cell.id


def test_cell_ids_are_unique_and_those_that_the_source_gives(notebook, source):
    ids = [cell.id for cell in notebook.cells]
    named = re.findall(r'^# %%.* id="([\w-]+)"(?!.*audience="instructor")', source, flags=re.MULTILINE)
    assert len(ids) == len(set(ids))
    assert ids == named


def test_cell_ids_stay_when_a_text_changes_and_cells_move(room):
    def ids(*cells):
        text = "\n".join(f'# %% id="{cell_id}"\n{code}\n' for cell_id, code in cells)
        return [cell.id for cell in read_cells(text, room, {}, "student")]

    assert ids(("one", "a = 1"), ("two", "b = 2")) == ["one", "two"]
    assert ids(("two", "b = 3"), ("new", "c = 4"), ("one", "a = 5")) == ["two", "new", "one"]


@pytest.mark.parametrize(
    ("second", "line"),
    [pytest.param('# %% id="one"\nb = 2', 4, id="twice"), pytest.param("# %%\nb = 2", 5, id="missing")],
)
def test_a_cell_without_an_id_of_its_own_is_refused_at_its_line(room, second, line):
    with pytest.raises(MalformedSource, match=f"line {line}: the cell id"):
        read_cells(f'# %% id="one"\na = 1\n\n{second}\n', room, {}, "student")


def test_cells_are_for_their_audience(room):
    text = '# %% id="all"\na = 1\n\n# %% id="theirs" audience="instructor"\nb = 2\n'
    assert [cell.id for cell in read_cells(text, room, {}, "student")] == ["all"]
    assert [cell.id for cell in read_cells(text, room, {}, "instructor")] == ["all", "theirs"]


def test_pictures_travel_inside_the_notebook_with_words_for_those_who_do_not_see_them(room, notebook):
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    pictures = [picture for text in texts for picture in re.findall(r"!\[(.*?)\]\((.*?)\)", text, flags=re.DOTALL)]
    drawn = {path.read_bytes() for path in (room.path / "drawings").glob("*.png")}
    shown = {base64.b64decode(place.removeprefix("data:image/png;base64,"), validate=True) for _, place in pictures}
    assert len(pictures) == 2
    assert all(place.startswith("data:image/png;base64,") for _, place in pictures)
    assert shown == drawn
    assert all(len(words.split()) > 20 for words, _ in pictures)


def test_every_code_cell_is_python(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            ast.parse(re.sub(r"^%%.*$", "", cell.source, flags=re.MULTILINE), cell.id)


def test_the_notebook_imports_nothing_of_ours(notebook):
    for cell in notebook.cells:
        assert not re.search(r"^\s*(from|import) (grading|assignment|labs|data)\b", cell.source, re.MULTILINE), cell.id


def test_every_product_says_what_it_was_generated_from(products, notebook):
    assert notebook.metadata["generated_from"] == "assignment/notebook.py; do not edit"
    assert "generated from assignment/notebook.py" in notebook.cells[0].source
    for name in CLASSES:
        assert "generated from assignment/notebook.py" in products[Path(name)].decode().splitlines()[0]


# The release


@pytest.fixture(scope="module")
def released(products):
    with zipfile.ZipFile(io.BytesIO(products[RELEASE])) as archive:
        return {member: archive.read(member) for member in archive.infolist()}


def test_the_release_holds_what_assignment_toml_says_and_nothing_else(room, products, released):
    expected = {"RNN_assignment/" + str(path): products[path] for path in FOR_STUDENTS - {RELEASE}}
    expected |= {f"RNN_assignment/{to}": (REPOSITORY / path).read_bytes() for path, to in room.release_files.items()}
    tests = release_tests(room, check_source(room, CHECK_PARTS))
    expected |= {f"RNN_assignment/{place}": content for place, content in tests.items()}
    assert {member.filename: content for member, content in released.items()} == expected


def test_nothing_of_the_solution_is_in_the_release(products, released):
    secret = {products[path] for path in FOR_INSTRUCTORS}
    assert secret.isdisjoint(released.values())
    assert not any("instructor" in member.filename for member in released)


def test_the_release_unpacks_with_one_date_and_readable_files(released):
    assert {member.date_time for member in released} == {(1980, 1, 1, 0, 0, 0)}
    assert {member.external_attr >> 16 for member in released} == {0o644}


def test_a_release_file_that_is_not_there_is_named(room):
    without = dataclasses.replace(room, release_files={"data/nowhere.csv": "nowhere.csv"})
    with pytest.raises(RoomError, match=r"data/nowhere\.csv"):
        make_products(without)


# What lies there


@pytest.fixture
def written(products, tmp_path):
    """A folder with every product in it."""
    assert write_products(products, tmp_path) == list(products)
    return tmp_path


def test_what_was_just_written_is_not_stale(products, written):
    assert stale_products(products, written) == []


@pytest.mark.parametrize("path", sorted(FOR_STUDENTS | FOR_INSTRUCTORS), ids=str)
def test_a_changed_product_is_stale(products, written, path):
    (written / path).write_bytes(products[path] + b"\n")
    assert stale_products(products, written) == [path]


@pytest.mark.parametrize("path", sorted(FOR_STUDENTS | FOR_INSTRUCTORS), ids=str)
def test_a_missing_product_is_stale_unless_git_ignores_it(products, written, path):
    (written / path).unlink()
    ignored = path == RELEASE or path in FOR_INSTRUCTORS
    assert stale_products(products, written) == ([] if ignored else [path])


def test_what_may_be_missing_is_what_git_ignores(products):
    ignored = (REPOSITORY / ".gitignore").read_text(encoding="utf-8").splitlines()
    for path in products:
        assert is_ignored(path) == (f"/{path.parts[0]}/" in ignored), path


def test_only_what_changed_is_written_again_and_nothing_is_left_behind(products, written):
    path = Path("GRU_skeleton.py")
    (written / path).write_text("z_t = mine\n")
    kept = (written / NOTEBOOK).stat().st_mtime_ns
    assert write_products(products, written) == [path]
    assert (written / path).read_bytes() == products[path]
    assert (written / NOTEBOOK).stat().st_mtime_ns == kept
    assert {file.relative_to(written) for file in written.rglob("*") if file.is_file()} == set(products)
