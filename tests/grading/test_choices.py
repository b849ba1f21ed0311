"""What a room lets one choose of its training: the first values unless others are asked for, and none but those."""

import pytest

from grading.choices import UnknownChoice, read_choices

OFFERED = {"recipe": ("batches", "published"), "model": ("both", "GRU")}


def test_without_a_word_the_first_values_are_chosen():
    assert read_choices(OFFERED, ()) == {"recipe": "batches", "model": "both"}


def test_what_is_asked_for_is_chosen_and_the_rest_stays():
    assert read_choices(OFFERED, ["model=GRU"]) == {"recipe": "batches", "model": "GRU"}


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        (["recipe=slow"], "recipe has no such value"),
        (["recipe"], "recipe has no such value"),
        (["speed=1"], "there is no such choice"),
        (["=batches"], "there is no such choice"),
        (["model=GRU", "model=both"], "model is chosen twice"),
    ],
)
def test_what_is_not_there_is_named_with_all_that_is(texts, reason):
    with pytest.raises(UnknownChoice, match=reason) as raised:
        read_choices(OFFERED, texts)
    assert "there are: recipe=batches|published, model=both|GRU." in str(raised.value)


def test_a_room_without_choices_says_so():
    with pytest.raises(UnknownChoice, match="there are: none"):
        read_choices({}, ["model=GRU"])
