"""The nbgrader course as it is written, and what nbgrader does otherwise in it."""

import ast
import logging
import re
from types import SimpleNamespace

import nbformat
import pytest
from nbclient.exceptions import DeadKernelError
from nbformat.v4 import new_code_cell, new_notebook, new_output
from nbgrader.preprocessors import CheckCellMetadata, Execute
from nbgrader.utils import determine_grade, is_grade, is_locked, is_solution

from grading.build.blanks import MalformedSource
from grading.export import nbgrader_preprocessors as course
from grading.export.kinds import ExportFault, export
from grading.export.nbgrader_course import course_files, grade_id, source_notebook
from grading.room import REPOSITORY, open_room

ANSWER = "z_t = torch.sigmoid(self.W_z(x) + self.U_z(h_prev))"


@pytest.fixture(scope="module")
def files():
    return {str(path): text for path, text in course_files(open_room()).items()}


@pytest.fixture(scope="module")
def source():
    return source_notebook(open_room())


def test_nbgrader_accepts_the_cells_and_their_points_are_the_rubrics(room, source):
    checked, _ = CheckCellMetadata().preprocess(source, {})
    tests = {cell.metadata.nbgrader.grade_id: cell for cell in checked.cells if is_grade(cell)}
    assert set(tests) == {grade_id(item.id) for item in room.items.values() if item.points}
    assert all(is_locked(cell) for cell in tests.values())
    assert sum(cell.metadata.nbgrader.points for cell in tests.values()) == room.max_score
    assert sum(is_solution(cell) for cell in checked.cells) == 3


def test_every_blank_of_the_assignment_is_marked_in_a_solution_cell(room, source):
    marked = re.findall(r"# BEGIN BLANK (\S+)", "\n".join(c.source for c in source.cells if is_solution(c)))
    assert marked == [item.id for item in room.items.values() if item.blank]


def test_the_course_needs_nothing_of_this_repository(files):
    for name, text in files.items():
        if name.endswith(".py"):
            imported = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import | ast.ImportFrom)]
            names = {
                name for node in imported for name in [getattr(node, "module", None), *(a.name for a in node.names)]
            }
            assert not {name for name in names if name and name.partition(".")[0] in {"grading", "assignment"}}
        assert str(REPOSITORY) not in text


def test_no_answer_is_outside_the_source_notebook(files):
    holders = [name for name, text in files.items() if ANSWER in text]
    assert holders == ["source/RNN_Implementation/RNN_Implementation.ipynb"]


def test_every_file_says_what_it_is_generated_from(files):
    assert [name for name, text in files.items() if "generated from assignment/notebook.py" not in text] == []


def test_a_folder_that_holds_a_course_is_not_written_over(room, tmp_path):
    (tmp_path / "nbgrader_config.py").write_text("# the instructor's own settings")
    with pytest.raises(ExportFault, match="holds a course already"):
        export(room, "nbgrader", tmp_path)
    assert (tmp_path / "nbgrader_config.py").read_text() == "# the instructor's own settings"


def test_a_course_in_korean_speaks_korean():
    files = course_files(open_room(language="ko"))
    assert any("빈칸과 검사 셀" in text for text in files.values())


@pytest.mark.parametrize("folder", ["nowhere", "empty"])
def test_scores_are_refused_where_no_course_is_in_one_sentence(room, tmp_path, folder):
    (tmp_path / "empty").mkdir()
    with pytest.raises(ExportFault, match=r"is no course folder .*export nbgrader\.$"):
        export(room, "nbgrader-scores", tmp_path / "out", tmp_path / folder)


# What nbgrader does otherwise


BLANKS = {"gru.update_gate": {"blank": "value", "prompt": "z"}}


def clear(source, companion=None, tmp_path=None, blanks=BLANKS):
    """Run ClearBlanks on a notebook with one solution cell, in a course whose release holds one module beside it."""
    release = tmp_path / "release"
    release.mkdir()
    if companion:
        (release / "helper.py").write_text(companion)
    courses = SimpleNamespace(release_directory="release", format_path=lambda *_: str(release))
    cell = new_code_cell(source, metadata={"nbgrader": {"solution": True}})
    notebook = new_notebook(cells=[cell], metadata={"blanks": blanks})
    clearing = course.ClearBlanks()
    clearing.parent = SimpleNamespace(parent=SimpleNamespace(coursedir=courses))
    cleared, _ = clearing.preprocess(notebook, {"nbgrader": {"notebook": "n", "assignment": "a"}})
    return cleared, release


@pytest.fixture
def parentless(monkeypatch):
    """A preprocessor may have any parent here, as it has nbgrader's exporter in a run."""
    monkeypatch.setattr(course.ClearBlanks, "parent", None)


MARKED = f"# BEGIN BLANK gru.update_gate\n{ANSWER}\n# END BLANK"


def test_a_blank_becomes_an_ellipsis_with_its_equation(parentless, tmp_path):
    cleared, _ = clear(MARKED, tmp_path=tmp_path)
    assert cleared.cells[0].source == "z_t = ...  # z"
    assert "blanks" not in cleared.metadata


def test_nbgraders_own_regions_are_cleared_as_ever(parentless, tmp_path):
    cleared, _ = clear("a = 1\n### BEGIN SOLUTION\nb = 2\n### END SOLUTION", tmp_path=tmp_path, blanks={})
    assert cleared.cells[0].source == "a = 1\n# YOUR CODE HERE\nraise NotImplementedError()"


@pytest.mark.parametrize(
    "slip",
    ["# BEGIN BLANK gru.update_gate\nz_t = 1", "z_t = 1\n# END BLANK", "# BEGIN BLANK gru.gate\nz = 1\n# END BLANK"],
)
def test_a_slip_in_a_marker_releases_nothing(parentless, tmp_path, slip):
    with pytest.raises(MalformedSource):
        clear(slip, tmp_path=tmp_path)


@pytest.mark.parametrize("companion", [MARKED, f"### BEGIN SOLUTION\n{ANSWER}\n### END SOLUTION"])
def test_a_module_beside_the_notebook_is_released_without_its_answers(parentless, tmp_path, companion):
    _, release = clear(MARKED, companion, tmp_path)
    assert ANSWER not in (release / "helper.py").read_text()


def graded(outputs, points=12):
    metadata = {"nbgrader": {"grade": True, "solution": False, "points": points, "grade_id": "a"}}
    cell = new_code_cell("points", outputs=outputs, metadata=metadata)
    return course.OnlyTheResultCounts().preprocess_cell(cell, {}, 0)[0]


RESULT = new_output("execute_result", data={"text/plain": "12.0"}, execution_count=1)
OTHER = new_output("execute_result", data={"text/plain": "<object>"}, execution_count=1)
WARNING = new_output("stream", name="stderr", text="UserWarning: lr_scheduler")
ERROR = new_output("error", ename="ValueError", evalue="no", traceback=["hidden"])
OUTPUTS = {
    "a result": ([RESULT], 12),
    "a result and a warning": ([WARNING, RESULT], 12),
    "nothing": ([], 0),
    "printed lines alone": ([new_output("stream", name="stdout", text="12")], 0),
    "something that is no number": ([OTHER], 0),
    "an error": ([ERROR], 0),
    "an error after a result": ([RESULT, ERROR], 0),
}


@pytest.mark.parametrize("outputs", OUTPUTS)
def test_a_test_cell_earns_its_result_and_nothing_without_one(outputs):
    given, earned = OUTPUTS[outputs]
    assert determine_grade(graded([nbformat.from_dict(output) for output in given]))[0] == earned


def test_a_kernel_that_dies_leaves_what_ran_before(monkeypatch):
    def dies(self, nb, resources):
        nb.cells[0].outputs = [RESULT]
        raise DeadKernelError

    monkeypatch.setattr(Execute, "preprocess", dies)
    running = course.ExecuteWhatRuns()
    running.log = logging.getLogger("a run")
    notebook, _ = running.preprocess(new_notebook(cells=[new_code_cell("points")]), {})
    assert notebook.cells[0].outputs == [RESULT]


def test_feedback_quotes_neither_the_hidden_tests_nor_a_traceback():
    hidden = "points\n### BEGIN HIDDEN TESTS\nunseen = 4711\n### END HIDDEN TESTS"
    error = new_output("error", ename="KeyError", evalue="4711", traceback=["unseen = 4711"])
    cell = new_code_cell(hidden, outputs=[error], metadata={"nbgrader": {"grade": True, "grade_id": "a"}})
    shown, _ = course.HideHiddenTests().preprocess_cell(cell, {}, 0)
    assert "4711" not in str(shown)
    assert "KeyError" in str(shown)
