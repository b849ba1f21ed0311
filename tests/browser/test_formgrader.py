"""nbgrader's formgrader, in JupyterLab, shows what the marker wrote into the gradebook: make test-browser."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from grading.export.kinds import export
from grading.room import REPOSITORY, open_room
from tests.browser.jupyterlab import choose
from tests.grading.nbgrader_class import ASSIGNMENT, answered, hand_in, nbgrader

pytestmark = pytest.mark.browser

CASES = REPOSITORY / "assignment" / "cases"
POINTS = {"all-right": 100, "reset-after-matmul": 94, "reset-ignored": 88, "untouched": 0}
SCORES = {student: f"{points} / 100" for student, points in POINTS.items()}
EXPLAINED = "reset-ignored"


@dataclass(frozen=True)
class Seen:
    """What formgrader showed.

    students     student -> score, in the table of students
    submissions  student -> score, in the table of the assignment's submissions
    comment      on the cell with the mistake, in the submission that is opened
    """

    students: dict
    submissions: dict
    comment: str


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course whose class has handed in, after `export nbgrader-scores`."""
    course = tmp_path_factory.mktemp("course") / "course"
    export(open_room(), "nbgrader", course)
    code, said = nbgrader(course, "generate_assignment", ASSIGNMENT)
    assert code == 0, said
    for student in POINTS:
        files = {path.name: path.read_text(encoding="utf-8") for path in (CASES / student).glob("*_skeleton.py")}
        hand_in(course, student, answered(course, files))
    export(open_room(), "nbgrader-scores", course.with_name("marked"), course)
    return course


@pytest.fixture(scope="module")
def seen(course, serve, visit):
    server = serve(course)
    with visit() as page:
        page.goto(server.page("lab"))
        choose(page, "Nbgrader", "Formgrader")
        formgrader = page.frame_locator("iframe")
        formgrader.get_by_role("link", name="Manage Students").click()
        students = scores(formgrader, "td.id")
        formgrader.get_by_role("link", name="Manage Assignments").click()
        formgrader.locator("td.num-submissions a").click()
        submissions = scores(formgrader, "td.student-id")
        return Seen(students, submissions, comment(formgrader))


def scores(formgrader, who):
    """student -> score, of the table that is to be seen; `who` is the cell with the student's id."""
    expect(formgrader.locator(who)).to_have_count(len(POINTS))
    rows = formgrader.locator("tbody tr").filter(has=formgrader.locator(who))
    return {row.locator(who).inner_text(): row.locator("td.score").inner_text() for row in rows.all()}


def comment(formgrader):
    """Open a submission from the table of submissions; the comment on its GRU cell."""
    row = formgrader.locator("tbody tr").filter(has_text=EXPLAINED)
    row.locator("td.student-name a").click()
    formgrader.locator("td.name a").first.click()
    box = formgrader.locator("#GRUCell-comment")
    expect(box).to_have_attribute("placeholder", re.compile(r"\S"))  # where formgrader shows what no person wrote
    return box.get_attribute("placeholder")


def test_the_table_of_students_shows_their_scores(seen):
    assert seen.students == SCORES


def test_the_table_of_submissions_shows_their_scores(seen):
    assert seen.submissions == SCORES


def test_an_opened_submission_shows_the_four_lines_as_a_comment(seen):
    assert "0 / 12" in seen.comment
    for label in ("Saw", "Expected", "Cause", "Next"):
        assert label in seen.comment
