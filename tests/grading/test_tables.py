"""grades.csv: the columns that were promised, and nothing that a spreadsheet runs."""

import csv
import io

import pytest

from grading.report.tables import write_grades
from tests.grading.results import FAILED, IN_DOUBT, result_of


def rows_of(results, room, folder):
    write_grades(results, room, folder / "grades.csv")
    return list(csv.reader(io.StringIO((folder / "grades.csv").read_text(encoding="utf-8"))))


def test_the_columns_are_those_that_were_promised(room, tmp_path):
    header, *_ = rows_of([result_of(room)], room, tmp_path)
    assert header[:5] == ["student", "score", "score_possible", "max_score", "status"]
    assert header[5:] == [
        "rnn.layers", "rnn.step_input", "rnn.hidden_update", "rnn.model", "rnn.learns",
        "gru.layers", "gru.update_gate", "gru.reset_gate", "gru.candidate", "gru.new_state", "gru.unroll", "gru.learns",
        "submission.notebook", "submission.handwritten", "report.one_page",
    ]  # fmt: skip


def test_a_row_holds_the_points_of_each_item_as_numbers(room, tmp_path):
    header, row = rows_of([result_of(room, gru_candidate=IN_DOUBT, rnn_layers=FAILED)], room, tmp_path)
    told = dict(zip(header, row, strict=True))
    assert told["student"] == "Ann"
    assert told["status"] == "needs_review"
    assert (float(told["score"]), float(told["score_possible"]), float(told["max_score"])) == (82, 94, 100)
    assert {item: float(told[item]) for item in ("rnn.layers", "gru.candidate", "rnn.model", "report.one_page")} == {
        "rnn.layers": 0.0,
        "gru.candidate": 0.0,
        "rnn.model": 10.0,
        "report.one_page": 0.0,
    }


FORMULAS = ["＝1+1", "\n=1", "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")']


@pytest.mark.parametrize("student", FORMULAS)
def test_no_spreadsheet_takes_a_student_for_a_formula(room, tmp_path, student):
    _, row = rows_of([result_of(room, student)], room, tmp_path)
    assert row[0] == "'" + student


@pytest.mark.parametrize("student", ["O'Neil, Ann", 'Ann "A." Smith', "two\nlines", "Zoë; 王", "a=b", "1-2"])
def test_other_names_stay_as_they_are_and_on_one_row(room, tmp_path, student):
    header, *rows = rows_of([result_of(room, student), result_of(room, "Max")], room, tmp_path)
    assert [row[0] for row in rows] == [student, "Max"]
    assert all(len(row) == len(header) for row in rows)
