"""Grades go back as each course system takes them in, and a doubt is never sent as a mark."""

import csv
from dataclasses import replace

import pytest

from grading.downloads.attempt import Attempt
from grading.downloads.register import write_register
from grading.export.kinds import ExportFault, export
from grading.mark.files import Found
from grading.mark.result import ItemResult, Result
from grading.room import open_room

ITEM = ItemResult("gru.candidate", 6.0, 12.0, "failed", "saw", "expected", "cause", "which?", None, "GRU.py", 3)
RESULT = Result("", "graded", 94.0, 100.0, [ITEM])
STUDENTS = {
    "=cmd()_7": (Attempt("7", "=cmd()", {}, late=True), RESULT),
    'Kim, "Min"_8': (Attempt("8", 'Kim, "Min"', {}), replace(RESULT, score=100.0, items=[])),
    "roe_9": (Attempt("9", "roe", {}), replace(RESULT, status="needs_review")),
}


@pytest.fixture
def marked(tmp_path):
    """marked(system) -> the folder that grade left of a download."""

    def marked(system):
        (tmp_path / "results").mkdir()
        for student, (_, result) in STUDENTS.items():
            text = replace(result, student=student).to_json()
            (tmp_path / "results" / f"{student}.json").write_text(text, encoding="utf-8")
        found = [
            Found(student, tmp_path, attempt=replace(attempt, system=system))
            for student, (attempt, _) in STUDENTS.items()
        ]
        write_register(found, tmp_path)
        return tmp_path

    return marked


def test_a_folder_that_is_marked_again_with_no_download_keeps_no_names_of_the_one_before(marked, tmp_path):
    folder = marked("canvas")
    write_register([Found("Ann", tmp_path)], folder)
    with pytest.raises(ExportFault, match="no results of a download"):
        export(open_room(), "canvas-grades", tmp_path / "grades.csv", folder)


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_canvas_takes_grades_by_id(marked, tmp_path):
    out = tmp_path / "grades.csv"
    said = export(open_room(), "canvas-grades", out, marked("canvas"))
    title = open_room().title
    assert [(row["ID"], row["Student"], row[title]) for row in rows(out)] == [
        ("7", "'=cmd()", "94"),
        ("8", 'Kim, "Min"', "100"),
        ("9", "roe", ""),
    ]
    assert said == [f"{out}: 3 students", "no grade yet, a person has to look first: roe_9"]


def test_moodle_takes_grades_by_identifier_with_a_line_of_feedback(marked, tmp_path):
    out = tmp_path / "grades.csv"
    export(open_room(), "moodle-grades", out, marked("moodle"))
    first = rows(out)[0]
    assert (first["Identifier"], first["Grade"]) == ("Participant 7", "94")
    assert first["Feedback comments"] == "gru.candidate 6/12: which?"


def test_blackboard_takes_grades_by_user_name(marked, tmp_path):
    out = tmp_path / "grades.csv"
    export(open_room(), "blackboard-grades", out, marked("blackboard"))
    assert [row["Username"] for row in rows(out)] == ["7", "8", "9"]


def test_a_download_of_another_system_is_refused_by_name(marked, tmp_path):
    with pytest.raises(ExportFault, match="holds a download of moodle, not of canvas; export moodle-grades"):
        export(open_room(), "canvas-grades", tmp_path / "grades.csv", marked("moodle"))


def test_a_folder_without_a_download_is_refused(tmp_path):
    with pytest.raises(ExportFault, match="holds no results of a download"):
        export(open_room(), "canvas-grades", tmp_path / "grades.csv", tmp_path)


def test_a_student_without_a_result_is_named(marked, tmp_path):
    folder = marked("canvas")
    (folder / "results" / "roe_9.json").unlink()
    with pytest.raises(ExportFault, match="has no whole result of roe_9"):
        export(open_room(), "canvas-grades", tmp_path / "grades.csv", folder)


def test_a_kind_that_needs_a_source_asks_for_it(tmp_path):
    with pytest.raises(ExportFault, match="canvas-grades is made from the folder that grade wrote"):
        export(open_room(), "canvas-grades", tmp_path / "grades.csv")


def test_an_unknown_kind_is_refused_with_all_that_there_are(tmp_path):
    with pytest.raises(
        ExportFault, match=r"there is no export called 'x'; there are: .*canvas-grades \(grades for Canvas"
    ):
        export(open_room(), "x", tmp_path / "grades.csv")
