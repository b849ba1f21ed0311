"""nbgrader's own commands in our course, and the marker's scores in the same gradebook: make test-courses.

One course for all: it is released, and a class of twelve hands in.  One copy of it is marked by `nbgrader autograde`,
another by `export nbgrader-scores`.
"""

import copy
import re
import shutil

import nbformat
import pytest
from nbgrader.api import Gradebook

from grading.export.kinds import export
from grading.room import REPOSITORY, open_room
from tests.grading.nbgrader_class import (
    ASSIGNMENT,
    answered,
    cell_of,
    hand_in,
    item_scores,
    nbgrader,
    released,
    scores,
)

pytestmark = pytest.mark.course_systems

CASES = REPOSITORY / "assignment" / "cases"
ANSWER = "self.W_z(x) + self.U_z(h_prev)"
MODULE = "RNN_skeleton.py"
SCORES = "nbgrader-scores"
ROSTER = "student,First Name,Last Name,Email\nright,Ann,Lee,ann@example.org\nnobody,Bo,Kim,\n"
POINTS = {  # student -> points by nbgrader's autograde, and by our marker
    "right": (100, 100),
    "blank": (0, 0),
    "convention": (94, 94),
    "warns": (100, 100),
    "copied": (100, 100),
    "renamed": (100, 100),
    "never-defined": (37, 37),
    "library": (90, 37),
    "ends-the-kernel": (37, 37),
    "forges": (0, 100),
    "own-module": (83, 83),
    "no-json": (0, 0),
}
DIFFERENT = {  # a student whose points differ, and why
    "library": "the test cells see right numbers; the marker sees nn.GRU, and leaves that half to a person",
    "forges": "what stands for the checks in the kernel is no code of the assignment: the marker never runs it",
}


def case(name):
    return {path.name: path.read_text(encoding="utf-8") for path in (CASES / name).glob("*_skeleton.py")}


def changed(files, file, old, new):
    assert old in files[file]
    return files | {file: files[file].replace(old, new)}


def warning(course):
    told = 'import sys, warnings\nwarnings.warn("deprecated")\nprint("noise", file=sys.stderr)\n'
    loud = changed(
        case("all-right"), MODULE, "        return self.fc(h)", "        warnings.warn('x')\n        return self.fc(h)"
    )
    return answered(course, loud | {MODULE: told + loud[MODULE]})


def copied(course):
    """Each cell that nbgrader knows stands there twice, the wrong answer first."""
    notebook = answered(course, case("all-right"))
    wrong = answered(course, case("untouched"))
    twins = [copy.deepcopy(cell) for cell in wrong.cells if "nbgrader" in cell.metadata]
    for cell in twins:
        cell.id = f"{cell.id}-twin"[:60]
    notebook.cells = twins + notebook.cells
    return notebook


def renamed(course):
    """Test cells under other names, one without its name, one without any metadata that nbgrader can read, one gone."""
    notebook = answered(course, case("all-right"))
    cell_of(notebook, "rnn-layers").metadata.nbgrader["grade_id"] = "my-layers"
    del cell_of(notebook, "gru-layers").metadata.nbgrader["grade_id"]
    notebook.cells.remove(cell_of(notebook, "gru-new_state"))
    cell_of(notebook, "VanillaRNN").metadata.nbgrader["grade_id"] = "mine"
    cell_of(notebook, "gru-candidate").metadata.nbgrader = "gru-candidate"
    return notebook


def half(course, gru):
    notebook = answered(course, {MODULE: case("all-right")[MODULE]})
    cell_of(notebook, "GRUCell").source = gru
    cell_of(notebook, "GRUModel").source = "# nothing"
    return notebook


def forging(course):
    notebook = answered(course, case("all-right"))
    forged = "import sys, types\nsys.modules['graded_checks'] = types.SimpleNamespace(earned=lambda *_: None)\n"
    notebook.cells.append(nbformat.v4.new_code_cell("pass"))
    cell_of(notebook, "VanillaRNN").source = forged + cell_of(notebook, "VanillaRNN").source
    return notebook


def with_module(course):
    """Hands in a module of their own, with a mistake, in the place of the one that the course gave out."""
    notebook = answered(course, case("all-right"))
    cell_of(notebook, "VanillaRNN").source = "from RNN_skeleton import VanillaRNN"
    return notebook


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    """A course with a release, and a class that has handed in."""
    course = tmp_path_factory.mktemp("course") / "course"
    export(open_room(), "nbgrader", course)
    beside = course / "source" / ASSIGNMENT / MODULE  # an instructor's own idea: a module beside the notebook
    beside.write_text(cell_of(source_of(course), "VanillaRNN").source + "\n", encoding="utf-8")
    code, said = nbgrader(course, "generate_assignment", ASSIGNMENT)
    assert code == 0, said
    right = case("all-right")
    hand_in(course, "right", answered(course, right))
    hand_in(course, "blank", released(course))
    hand_in(course, "convention", answered(course, case("reset-after-matmul")))
    hand_in(course, "warns", warning(course))
    hand_in(course, "copied", copied(course))
    hand_in(course, "renamed", renamed(course))
    hand_in(course, "never-defined", half(course, "raise RuntimeError('not yet')"))
    hand_in(course, "library", answered(course, right | {"GRU_skeleton.py": case("library-gru")["GRU_skeleton.py"]}))
    hand_in(course, "ends-the-kernel", half(course, "import os\nos._exit(1)"))
    hand_in(course, "forges", forging(course))
    hand_in(course, "own-module", with_module(course), {MODULE: case("no-recurrence")[MODULE]})
    hand_in(course, "no-json", released(course))
    (course / "submitted" / "no-json" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").write_text("{")
    return course


def source_of(course):
    return nbformat.read(course / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)


@pytest.fixture(scope="module")
def autograded(handed_in):
    """The course after `nbgrader autograde` and `nbgrader generate_feedback`."""
    course = handed_in.with_name("autograded")
    shutil.copytree(handed_in, course)
    nbgrader(course, "autograde", ASSIGNMENT)  # ends with 1: of one submission the notebook can't be read
    code, said = nbgrader(course, "generate_feedback", ASSIGNMENT)
    assert code == 0, said
    return course


@pytest.fixture(scope="module")
def marked(handed_in):
    """A copy of the course after `export nbgrader-scores`."""
    course = handed_in.with_name("marked")
    shutil.copytree(handed_in, course)
    rules = course.with_name("course.toml")
    rules.write_text('roster = "roster.csv"\n', encoding="utf-8")
    rules.with_name("roster.csv").write_text(ROSTER, encoding="utf-8")
    export(open_room(), SCORES, course.with_name("results"), course, course_file=rules)
    return course


@pytest.fixture(scope="module")
def exported(autograded, marked):
    """What `nbgrader export` writes of both: (of the test cells, of the marker), each student -> points."""
    return scores(autograded), scores(marked)


@pytest.mark.parametrize("student", POINTS)
def test_autograde_gives_each_student_the_points_of_what_they_wrote(exported, student):
    assert exported[0].get(student, 0.0) == POINTS[student][0]


@pytest.mark.parametrize("student", POINTS)
def test_the_marker_writes_each_students_points_into_the_gradebook(exported, student):
    assert exported[1][student] == POINTS[student][1]


def test_both_ways_give_the_same_points_or_the_difference_has_its_reason():
    assert {student for student, (cells, marker) in POINTS.items() if cells != marker} == set(DIFFERENT)


def test_the_release_holds_no_answer_and_no_hidden_test(handed_in):
    for path in (handed_in / "release").rglob("*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert ANSWER not in text, path.name
            assert not re.search("HIDDEN TESTS|BEGIN BLANK|graded_checks.earned_unseen", text), path.name


def test_a_module_beside_the_notebook_is_released_with_its_blanks(handed_in):
    text = (handed_in / "release" / ASSIGNMENT / MODULE).read_text()
    assert "h = ...  # h_t = tanh(" in text
    assert "self.Wh(h)" not in text


def test_a_students_own_module_is_not_replaced_by_the_instructors(autograded):
    own = (autograded / "autograded" / "own-module" / ASSIGNMENT / MODULE).read_text()
    assert own == case("no-recurrence")[MODULE]


def test_feedback_tells_no_hidden_test_and_no_traceback(autograded):
    pages = list((autograded / "feedback").rglob("*.html"))
    assert len(pages) == len(POINTS) - 1
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert not re.search("HIDDEN TESTS|earned_unseen", text), page
    forged = (autograded / "feedback" / "forges" / ASSIGNMENT / f"{ASSIGNMENT}.html").read_text(encoding="utf-8")
    assert "The test cell stopped with AttributeError." in forged
    assert "did not come to its end" in forged


def test_a_doubt_waits_for_a_person_in_the_gradebook(marked):
    assert item_scores(marked, "library")["gru-candidate"] == (0.0, True)
    assert item_scores(marked, "library")["rnn-model"] == (10.0, False)


def test_comments_hold_the_four_lines_and_feedback_shows_them(marked):
    code, said = nbgrader(marked, "generate_feedback", ASSIGNMENT)
    assert code == 0, said
    page = (marked / "feedback" / "convention" / ASSIGNMENT / f"{ASSIGNMENT}.html").read_text(encoding="utf-8")
    assert "your reset gate scales U_h h_{t-1}" in page
    assert "earned_unseen" not in page


def test_the_rosters_names_are_in_the_gradebook_for_those_who_handed_in(marked):
    with Gradebook(f"sqlite:///{marked / 'gradebook.db'}") as gradebook:
        called = {one.id: (one.first_name, one.last_name, one.email) for one in gradebook.students}
    assert called["right"] == ("Ann", "Lee", "ann@example.org")
    assert called["blank"] == (None, None, None)
    assert "nobody" not in called


def test_a_persons_score_and_comment_stay_when_the_marker_comes_again(marked, tmp_path):
    course = shutil.copytree(marked, tmp_path / "course")
    place = (ASSIGNMENT, ASSIGNMENT)
    url = f"sqlite:///{course / 'gradebook.db'}"
    with Gradebook(url) as gradebook:
        gradebook.find_grade("gru-candidate", *place, "convention").manual_score = 11.0
        gradebook.find_comment("GRUCell", *place, "convention").manual_comment = "Well argued in the report."
        gradebook.find_grade("gru-candidate", *place, "library").manual_score = 1.0
        gradebook.db.commit()
    said = export(open_room(), SCORES, tmp_path / "results", course)
    assert any("2 scores that a person gave are kept" in line for line in said)
    assert item_scores(course, "convention")["gru-candidate"] == (11.0, False)
    assert item_scores(course, "library")["gru-candidate"] == (1.0, False)
    with Gradebook(url) as gradebook:
        assert gradebook.find_comment("GRUCell", *place, "convention").comment == "Well argued in the report."


@pytest.mark.parametrize("is_beside_the_course", [False, True])
def test_a_decision_counts_in_the_gradebook_wherever_it_is_kept(marked, tmp_path, is_beside_the_course):
    course, results = shutil.copytree(marked, tmp_path / "course"), tmp_path / "results"
    results.mkdir()
    rules = tmp_path / "course.toml"
    rules.write_text('roster = "roster.csv"\ncontact = "ta@example.org"\n', encoding="utf-8")
    (tmp_path / "roster.csv").write_text("student,name\nconvention,Con Vention\nzoe,Zoe\n", encoding="utf-8")
    student, folder = ("Con Vention", tmp_path) if is_beside_the_course else ("convention", results)
    rows = ["student,item,points,reviewer,reason", f"{student},gru.candidate,12,Kim,shown in the lecture"]
    (folder / "overrides.csv").write_text("\n".join(rows), encoding="utf-8")
    said = export(open_room(), SCORES, results, course, course_file=rules if is_beside_the_course else None)
    assert item_scores(course, "convention")["gru-candidate"] == (12.0, False)
    assert said[-1].endswith("and not: contact.") == is_beside_the_course
    assert "zoe" not in scores(course)


def test_the_marker_makes_the_notebooks_that_formgrader_shows_without_running_them(marked):
    notebooks = list((marked / "autograded").rglob("*.ipynb"))
    assert {path.parts[-3] for path in notebooks} == set(POINTS) - {"no-json"}
    assert all(not cell.get("outputs") for path in notebooks for cell in nbformat.read(path, as_version=4).cells)
