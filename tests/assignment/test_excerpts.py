"""The excerpts show what their names say, of the recipe's documents in the recipe's order."""

import numpy as np
import pytest

from assignment.documents import practice_file
from assignment.many_seeds.excerpts import EXCERPTS, RECIPE, TELLING_WORDS, telling_words
from assignment.recipe_inputs import read_sequences, read_sets


@pytest.fixture(scope="module")
def documents():
    sequences, labels, _ = read_sequences(practice_file())
    return sequences, labels


@pytest.fixture(scope="module")
def recipe():
    return read_sets(practice_file())[0]


def test_the_recipes_excerpt_is_the_recipes(documents, recipe):
    for (tokens, labels), (expected, expected_labels) in zip(EXCERPTS[RECIPE](*documents), recipe, strict=True):
        assert (tokens == expected).all()
        assert (labels == expected_labels).all()


@pytest.mark.parametrize("name", EXCERPTS)
def test_every_excerpt_has_the_recipes_documents_in_their_order(name, documents, recipe):
    for (tokens, labels), (expected, expected_labels) in zip(EXCERPTS[name](*documents), recipe, strict=True):
        assert len(tokens) == len(expected)
        assert (labels == expected_labels).all()


@pytest.mark.parametrize("number", [10, 25, 50])
def test_fewer_last_words_are_the_end_of_the_recipes(number, documents, recipe):
    assert (EXCERPTS[f"last {number} words"](*documents)[0][0] == recipe[0][0][:, -number:]).all()


def test_first_words_are_the_beginning_of_a_long_document():
    tokens = EXCERPTS["first 100 words"]([list(range(1, 131))] * 20, [0, 1] * 10)[0][0]
    assert (tokens[0] == range(1, 101)).all()


def test_zeros_go_behind_a_short_document():
    tokens = EXCERPTS["padded behind"]([[5, 6]] * 20, [0, 1] * 10)[0][0]
    assert tokens[0, :3].tolist() == [5, 6, 0]
    assert not tokens[:, 2:].any()


@pytest.mark.parametrize(("name", "end"), [("telling words first", 0), ("telling words last", -1)])
def test_telling_words_are_moved_to_one_end_and_no_word_is_lost(name, end, documents, recipe):
    moved, before = EXCERPTS[name](*documents)[2][0], recipe[2][0]
    assert (np.sort(moved, axis=1) == np.sort(before, axis=1)).all()
    telling = telling_words(*recipe[0])
    assert telling.sum() == TELLING_WORDS
    full = moved[(moved != 0).all(axis=1)]
    assert telling[full[:, end]].mean() > 0.99
    assert telling[full[:, -1 - end]].mean() < 0.01
    assert [w for w in moved[0] if telling[w]] == [w for w in before[0] if telling[w]]


def test_the_words_of_one_class_alone_tell_more_than_those_of_all():
    rng = np.random.default_rng(0)
    labels = np.arange(400) % 5
    common = rng.integers(2000, 4000, (400, 50))
    tokens = np.column_stack([labels + 10, common])
    assert telling_words(tokens, labels)[10:15].all()
