"""overrides.csv holds decisions about items; what is wrong in it is told with its line, before anything is marked."""

import csv
import io

import pytest

from grading.courses.course import Course, CourseFault
from grading.courses.overrides import COLUMNS, Override, add_overrides, overrides_path, read_overrides

HEADING = ",".join(COLUMNS)


def called(name, place):
    if name not in {"Ann", 'Kim, "Min"', "=cmd()"}:
        raise CourseFault(f"{place} names {name!r}.")
    return name


@pytest.fixture
def read(room, tmp_path):
    """read(text) -> the overrides of a file with this text."""

    def read(text, encoding="utf-8"):
        path = tmp_path / "overrides.csv"
        path.write_bytes(text.encode(encoding))
        return read_overrides(path, room.items, called)

    return read


def test_without_a_file_there_are_none(room, tmp_path):
    assert read_overrides(tmp_path / "overrides.csv", room.items, called) == {}


def test_rows_are_read_by_student_whatever_the_names_hold(read):
    text = io.StringIO()
    rows = [
        ["Ann", "gru.candidate", "12", "Kim", "another layout, but right"],
        ['Kim, "Min"', "rnn.layers", "2.5", "Lee", "=half"],
        ["Ann", "rnn.model", "0", "Kim", "two\nlines"],
        ["=cmd()", "rnn.model", "1", "Kim", "x"],
    ]
    csv.writer(text).writerows([COLUMNS, *rows])
    found = read(text.getvalue(), "utf-8-sig")
    assert found["Ann"] == (
        Override("Ann", "gru.candidate", 12.0, "Kim", "another layout, but right"),
        Override("Ann", "rnn.model", 0.0, "Kim", "two\nlines"),
    )
    assert found['Kim, "Min"'] == (Override('Kim, "Min"', "rnn.layers", 2.5, "Lee", "=half"),)
    assert set(found) == {"Ann", 'Kim, "Min"', "=cmd()"}


WRONG = {
    "Bob,gru.candidate,1,Kim,x": "line 2, names 'Bob'",
    "Ann,gru.candidat,1,Kim,x": "line 2, names the item 'gru.candidat', which is not in the rubric",
    "Ann,gru.candidate,13,Kim,x": "line 2, gives '13' points for gru.candidate; give a number from 0 to 12",
    "Ann,gru.candidate,-1,Kim,x": "give a number from 0 to 12",
    "Ann,gru.candidate,nan,Kim,x": "give a number from 0 to 12",
    "Ann,gru.candidate,all,Kim,x": "gives 'all' points",
    "Ann,gru.candidate,,Kim,x": "line 2, has no points; fill it in",
    "Ann,gru.candidate,1,,x": "line 2, has no reviewer; fill it in",
    "Ann,gru.candidate,1,Kim,": "line 2, has no reason; fill it in",
    "Ann,gru.candidate,1,Kim": "line 2, has no reason; fill it in",
    "Ann,gru.candidate,1,Kim,x,y": "line 2, has more cells than the first row",
    "Ann,gru.candidate,1,Kim,x\n\nAnn,gru.candidate,2,Lee,y": "has gru.candidate of 'Ann' in lines 2 and 4; remove one",
}


@pytest.mark.parametrize(("rows", "said"), WRONG.items(), ids=WRONG)
def test_what_is_wrong_is_one_sentence_with_the_file_and_the_line(read, rows, said):
    with pytest.raises(CourseFault) as raised:
        read(f"{HEADING}\n{rows}\n")
    assert said in str(raised.value)
    assert "overrides.csv" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_missing_column_is_named_with_all_that_are_needed(read):
    with pytest.raises(CourseFault, match="has no column 'reviewer'; its first row has to be: student,item,points,"):
        read("student,item,points\nAnn,gru.candidate,1\n")


def test_a_file_in_another_encoding_is_one_sentence(read):
    with pytest.raises(CourseFault, match='not in UTF-8; save it as "CSV UTF-8"'):
        read(f"{HEADING}\nAnn,gru.candidate,1,김,x\n", "cp949")


def test_a_quote_that_is_never_closed_swallows_no_row_unsaid(read):
    with pytest.raises(CourseFault, match="line 3, is no row of a CSV file"):
        read(f'{HEADING}\nAnn,gru.candidate,1,Kim,"unclosed\nAnn,gru.layers,6,Kim,right\n')
    with pytest.raises(CourseFault, match="has a line break in a cell that ends in line 3; close the quote before it"):
        read(f'{HEADING}\nAnn,gru.candidate,1,"Kim\nAnn",gru.layers\n')


def test_a_reason_may_have_several_lines(read):
    (override,) = read(f'{HEADING}\nAnn,gru.candidate,1,Kim,"one\ntwo"\n')["Ann"]
    assert override.reason == "one\ntwo"


def test_a_cell_without_end_is_one_sentence(read):
    with pytest.raises(CourseFault, match="is no row of a CSV file"):
        read(f'{HEADING}\nAnn,gru.candidate,1,Kim,"{"x" * 200_000}"\n')


def test_overrides_lie_beside_the_course_and_else_beside_the_results(tmp_path):
    course = Course(path=tmp_path / "course" / "course.toml")
    beside, results = tmp_path / "course" / "overrides.csv", tmp_path / "out" / "overrides.csv"
    assert overrides_path(course, tmp_path / "out") == beside
    assert overrides_path(Course(), tmp_path / "out") == results
    for path in (results, beside):
        path.parent.mkdir()
    results.write_text("")
    assert overrides_path(course, tmp_path / "out") == results
    beside.write_text("")
    with pytest.raises(CourseFault, match="put all rows into the first, and remove the second"):
        overrides_path(course, tmp_path / "out")


DECISION = Override("Bob", "gru.candidate", 12.0, "Lee", "right")


def add(path, text):
    path.write_text(text, encoding="utf-8")
    add_overrides(path, [DECISION], called=lambda name: name)
    return path.read_text(encoding="utf-8").splitlines()


def test_a_decision_leaves_every_column_that_a_person_keeps_in_the_file(tmp_path):
    lines = add(tmp_path / "overrides.csv", f"date,{HEADING},note\n2026-11-20,Ann,gru.candidate,1,Kim,half,see mail\n")
    assert lines == [
        f"date,{HEADING},note",
        "2026-11-20,Ann,gru.candidate,1,Kim,half,see mail",
        ",Bob,gru.candidate,12,Lee,right,",
    ]


@pytest.mark.parametrize("heading", ["Student,Item,Points,Reviewer,Reason", "student,item,points", f"{HEADING},a,a"])
def test_a_decision_never_overwrites_rows_that_can_t_be_read_whole(tmp_path, heading):
    path, text = tmp_path / "overrides.csv", f"{heading}\nAnn,gru.candidate,1\n"
    with pytest.raises(CourseFault, match=r"has no column|two columns 'a'"):
        add(path, text)
    assert path.read_text(encoding="utf-8") == text
