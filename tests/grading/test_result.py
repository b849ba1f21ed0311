"""A result: its points, what is in doubt, what is read back, and a student's words in it."""

import dataclasses

import pytest

from grading.mark.result import TEXT_LIMIT, ItemResult, Result, plain
from tests.grading.results import FAILED, IN_DOUBT, result_of


def test_a_doubt_counts_for_the_score_that_is_possible_and_not_for_the_score(room):
    result = result_of(room, gru_candidate=IN_DOUBT, rnn_layers=FAILED)
    assert (result.score, result.score_possible, result.max_score) == (82.0, 94.0, 100.0)


def test_a_share_of_an_items_points_is_a_number_with_two_digits(room):
    item = dataclasses.replace(room.items["gru.candidate"], points=10)
    assert ItemResult.of(item, FAILED.but(share=1 / 3)).points == 3.33


def test_a_result_read_back_is_the_result(room):
    result = result_of(room, "Zoë 王", ["a note"], gru_candidate=IN_DOUBT, rnn_layers=FAILED)
    assert Result.from_json(result.to_json()) == result


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "7", "null", "{}", '{"items": 7}', '{"items": ["a"]}', '{"items": []}']
)
def test_what_is_no_result_is_refused_in_a_known_way(text):
    with pytest.raises((ValueError, KeyError, TypeError)):
        Result.from_json(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("two words", "two words"),
        ("\x1b[2Jwiped\r\n\tgone\0", " [2Jwiped   gone "),
        ("right\u202eleft \ud800", "right left  "),
        ("<Foo object at 0x7f09e07ad0>, 0xff", "<Foo object at 0x…>, 0xff"),
        ("Zoë 王 h~_t → ½", "Zoë 王 h~_t → ½"),
    ],
)
def test_a_students_words_can_not_steer_a_terminal(text, shown):
    assert plain(text) == shown


def test_a_students_words_are_cut_to_a_length():
    assert plain("x" * TEXT_LIMIT) == "x" * TEXT_LIMIT
    assert len(plain("x" * (TEXT_LIMIT + 1))) == TEXT_LIMIT
