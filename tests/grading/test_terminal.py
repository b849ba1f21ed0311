"""The results on a terminal: rows that no student's words can steer, in the room's language."""

import dataclasses

import pytest
from rich.cells import cell_len

from grading.mark.student_names import student_name
from grading.report.terminal import Rows
from grading.room import open_room
from tests.grading.results import FAILED, result_of


def test_a_row_on_the_terminal_says_what_was_lost(room):
    row = Rows(room.words).row(result_of(room, "Max", rnn_layers=FAILED))
    assert row.split() == ["Max", "94", "graded", "rnn.layers", "(no-activation)"]


@pytest.mark.parametrize(
    "words", ["[red]Ann[/red]", "\x1b[2Jwiped\nnext", "right\u202eleft", "김민준", "x" * 200, "--"]
)
def test_a_row_is_one_line_that_steers_no_terminal(room, words):
    rejected = dataclasses.replace(result_of(room, student_name(words)), status="rejected", notes=[words])
    row = Rows(room.words).row(rejected)
    assert row.isprintable()
    assert words[:20] in row or not words.isprintable()


def test_columns_stand_below_each_other_whatever_a_student_is_called(room):
    places = {
        cell_len(Rows(room.words).row(result_of(room, name)).partition("100")[0])
        for name in ("Ann", "김민준", "n" * 99)
    }
    assert len(places) == 1


def test_the_rows_speak_the_rooms_language_in_columns_of_the_same_width(room):
    korean = open_room(language="ko")
    rows, heading = Rows(korean.words), Rows(korean.words).heading()
    row = rows.row(result_of(room, "Ann", rnn_layers=FAILED))
    assert "학생" in heading
    assert "점수" in heading
    assert "채점함" in row
    assert cell_len(heading.partition("아직")[0]) == cell_len(row.partition("rnn.layers")[0])
    assert Rows(room.words).heading().split() == ["student", "score", "status", "not", "right", "yet"]
