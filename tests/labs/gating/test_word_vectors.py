"""Words become vectors: found, or trained once, the same every time."""

import subprocess
import sys

import numpy as np
import pytest
import torch

from labs.gating import word_vectors
from labs.gating.reviews import Review, UnusableData
from labs.gating.word_vectors import (
    find_vectors,
    kept_vectors,
    keyed_vectors,
    obtain_vectors,
    read_vectors,
    table_of,
    trained_vectors,
)

REVIEWS = [Review(("good", "story", "good"), "books", True), Review(("dull", "story", "good"), "books", False)] * 3
OTHERS = [Review(("good", "unheard", "story"), "books", True), Review(("unheard",), "books", False)]
PRINT_DIGEST = """
import hashlib, sys
from labs.gating.reviews import Review
from labs.gating.word_vectors import trained_vectors
reviews = [Review(tuple("one two three four five six".split()), "books", True)] * 20
keyed = trained_vectors(reviews, sys.argv[1])
print(keyed.index_to_key, hashlib.sha256(keyed.vectors.tobytes()).hexdigest())
"""


@pytest.fixture(autouse=True)
def nowhere(monkeypatch, tmp_path):
    """No file of vectors is found by chance, and nothing is written beside the tests."""
    monkeypatch.delenv("WORD_VECTORS", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def keyed():
    return keyed_vectors(["good", "dull", "story"], np.arange(6, dtype=np.float32).reshape(3, 2) + 1)


def test_words_without_a_vector_are_skipped(keyed):
    vectors = table_of(keyed, ["dull", "good", "unheard"])
    assert vectors.table[vectors.encode(("good", "unheard", "dull"))].tolist() == [[1, 2], [3, 4]]


def test_a_review_without_a_known_word_is_one_zero_vector(keyed):
    vectors = table_of(keyed, ["good"])
    assert vectors.table[vectors.encode(("unheard",))].tolist() == [[0, 0]]
    assert vectors.encode(()).dtype == vectors.encode(("good",)).dtype == torch.int64


def test_vectors_of_other_words_are_refused(keyed):
    with pytest.raises(UnusableData, match="none of the reviews' words"):
        table_of(keyed, ["bon"])


def test_vectors_are_trained_on_the_training_half_alone(capsys):
    vectors = obtain_vectors(REVIEWS, OTHERS)
    assert set(vectors.rows) == {"good", "story", "dull"}
    assert vectors.dimensions == 300
    assert "word2vec learns them from the training reviews" in capsys.readouterr().out


def test_training_is_the_same_in_every_process(tmp_path):
    printed = {
        subprocess.run(
            [sys.executable, "-c", PRINT_DIGEST, str(tmp_path / seed)],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(word_vectors.__file__).partition("/labs/")[0]},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(printed) == 1


def test_training_is_done_once_for_the_same_reviews(monkeypatch):
    first = trained_vectors(REVIEWS)
    monkeypatch.setattr(word_vectors, "Word2Vec", None)
    again = trained_vectors(REVIEWS)
    assert again.index_to_key == first.index_to_key
    assert (again.vectors == first.vectors).all()
    with pytest.raises(TypeError):
        trained_vectors(REVIEWS[1:])


def test_a_file_that_is_there_is_used(keyed, tmp_path, monkeypatch):
    keyed.save_word2vec_format(str(tmp_path / "GoogleNews-vectors-negative300.bin"), binary=True)
    assert obtain_vectors(REVIEWS, OTHERS).dimensions == 2
    keyed.save(str(tmp_path / "own.kv"))
    monkeypatch.setenv("WORD_VECTORS", str(tmp_path / "own.kv"))
    assert read_vectors(find_vectors())["dull"].tolist() == [3, 4]


@pytest.mark.parametrize("folder", [".", "data"])
def test_a_pickle_of_vectors_is_not_taken_because_it_lies_there(keyed, tmp_path, folder):
    (tmp_path / folder).mkdir(exist_ok=True)
    keyed.save(str(tmp_path / folder / "vectors.kv"))
    assert find_vectors() is None


def test_the_second_file_of_large_vectors_is_named_where_it_is_missing(tmp_path):
    large = keyed_vectors(["good", "dull"], np.ones((2, 300), dtype=np.float32))
    large.save(str(tmp_path / "vectors.kv"), sep_limit=0)
    (tmp_path / "vectors.kv.vectors.npy").unlink()
    with pytest.raises(UnusableData, match=r"^vectors\.kv needs vectors\.kv\.vectors\.npy, .*; put both into one"):
        read_vectors(tmp_path / "vectors.kv")


def test_a_file_that_was_asked_for_and_is_not_there_is_one_sentence(monkeypatch):
    monkeypatch.setenv("WORD_VECTORS", "nowhere.kv")
    with pytest.raises(UnusableData, match=r"^WORD_VECTORS points at nowhere\.kv, .*\.$"):
        find_vectors()


@pytest.mark.parametrize("name", ["vectors.kv", "vectors.bin"])
def test_a_damaged_file_is_one_sentence(tmp_path, name):
    (tmp_path / name).write_bytes(b"no vectors")
    with pytest.raises(UnusableData, match="fetch it again"):
        read_vectors(tmp_path / name)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # gensim leaves GloVe's file open
@pytest.mark.parametrize("form", [{"binary": True}, {"binary": False}, {"binary": False, "write_header": False}])
def test_every_form_of_vectors_is_read_as_what_it_is(keyed, tmp_path, form):
    keyed.save_word2vec_format(str(tmp_path / "vectors"), **form)
    read = read_vectors(tmp_path / "vectors")
    assert read.index_to_key == keyed.index_to_key
    assert np.array_equal(read.vectors, keyed.vectors)


def test_vectors_that_hold_no_numbers_are_refused():
    keyed = keyed_vectors(["good"], np.full((1, 2), np.nan, dtype=np.float32))
    with pytest.raises(UnusableData, match="what is no number"):
        table_of(keyed, ["good"])


@pytest.mark.parametrize("spoilt", [lambda content: b"", lambda content: content[:500], lambda content: b"x" * 500])
def test_vectors_that_were_kept_and_damaged_are_learned_again(tmp_path, spoilt):
    learned = trained_vectors(REVIEWS, tmp_path)
    (kept,) = tmp_path.glob("*.npz")
    kept.write_bytes(spoilt(kept.read_bytes()))
    again = trained_vectors(REVIEWS, tmp_path)
    assert np.array_equal(again.vectors, learned.vectors)
    assert np.array_equal(trained_vectors(REVIEWS, tmp_path).vectors, learned.vectors)


def test_whichever_byte_of_the_archive_s_directory_is_another_nothing_is_raised(tmp_path):
    trained_vectors(REVIEWS, tmp_path)
    (kept,) = tmp_path.glob("*.npz")
    content = kept.read_bytes()
    for place in range(len(content) - 300, len(content)):
        for bit in (1, 64):
            kept.write_bytes(content[:place] + bytes([content[place] ^ bit]) + content[place + 1 :])
            kept_vectors(kept)


@pytest.mark.parametrize("reviews", [[Review((), "books", True)], [Review(("once",), "books", True)], []])
def test_reviews_in_which_no_word_stands_twice_are_refused(reviews, tmp_path):
    with pytest.raises(UnusableData, match="no word stands 2 times"):
        trained_vectors(reviews, tmp_path)


def test_a_long_word_costs_no_more_than_itself(tmp_path):
    reviews = [*REVIEWS, *[Review(("x" * 1_000_000, "\ud800"), "books", True)] * 2]
    trained_vectors(reviews, tmp_path)
    (kept,) = tmp_path.glob("*.npz")
    assert kept.stat().st_size < 1_100_000
    assert "\ud800" in trained_vectors(reviews, tmp_path)


def test_it_is_told_how_many_words_have_a_vector_and_how_many_reviews_have_none(tmp_path, capsys):
    obtain_vectors(REVIEWS, OTHERS, tmp_path)
    assert "3 of 4 different words have a vector, of 300 numbers; 1 of 8 reviews have none" in capsys.readouterr().out
