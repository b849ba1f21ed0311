"""The claim of steadiness: a class is marked again in another order, and one byte that differs breaks it."""

from grading.prove import steady
from grading.prove.claim import BROKEN, KEPT, Outcome
from grading.room import open_room

ROOM = open_room()
CASES = [ROOM.path / "cases" / name for name in ("nothing-to-mark", "gru-file-missing")]


def test_a_class_marked_twice_has_the_same_results():
    claim = steady.steady_claim(ROOM.without(".learns"), CASES, times=2)
    outcomes = list(claim.outcomes(None))
    assert len(outcomes) == claim.total == 2
    assert {(outcome.kind, outcome.why) for outcome in outcomes} == {(KEPT, "")}


def test_a_class_is_handed_in_in_another_order_each_time(tmp_path):
    cases = sorted(path for path in (ROOM.path / "cases").iterdir() if path.is_dir())
    orders = [steady.handed_in(cases, tmp_path / str(number), number) for number in range(3)]
    assert len({tuple(order.values()) for order in orders}) == 3
    assert all(sorted(order.values()) == cases for order in orders)
    third = sorted((tmp_path / "2").iterdir())
    whats = [(folder / "expected.toml").read_text() for folder in third]
    assert whats == [(case / "expected.toml").read_text() for case in orders[2].values()]


def test_a_byte_that_differs_breaks_the_claim_and_is_told():
    found = steady.compared("a case", '{\n "score": 1.0\n}\n', '{\n "score": 1.5\n}\n')
    assert found == Outcome("a case", BROKEN, "first '\"score\": 1.0', now '\"score\": 1.5'")
    assert steady.compared("a case", "{}\n", "{}\n").kind == KEPT
    assert steady.compared("a case", "{}\n", "{}\n{}\n").kind == BROKEN


def test_the_result_the_page_and_the_line_of_grades_are_told_without_the_name(tmp_path):
    written = {"results/student-0001.json": "{student-0001}\n", "feedback/student-0001.html": "<p>student-0001</p>\n"}
    written["grades.csv"] = "student,score\nstudent-0000,1\nstudent-0001,2\n"
    for path, text in written.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    assert steady.told_of("student-0001", tmp_path) == "{STUDENT}\n<p>STUDENT</p>\nSTUDENT,2\n"
