"""The pipeline of the assignment: Keras's Tokenizer and pad_sequences, index for index, then the split."""

import hashlib

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.model_selection import train_test_split

from assignment.documents import read_documents
from assignment.preprocessing import (
    BATCH_SIZE,
    FILTERS,
    MAX_LENGTH,
    NUM_WORDS,
    Tokenizer,
    make_loader,
    pad_sequences,
    split_documents,
)

# What keras 3.15.1 (num_words=5000, maxlen=100) makes of df_file.csv: ../shared/data/README.md.
REAL_FILE_SHA256 = "a6d9b99a0e48afe82dfcedccb4bf7b4df4ef4a0ff698d98fbc7b714ff93928c2"
REAL_MATRIX_SHA256 = "36688540c8346b5ad79a51335920e519c755bff972012f925e927d4e195ed3e6"
REAL_WORDS = 32_092

DOCUMENTS = 2225


def fitted(*texts, num_words=NUM_WORDS):
    tokenizer = Tokenizer(num_words=num_words)
    tokenizer.fit_on_texts(texts)
    return tokenizer


# A slow re-statement of keras.preprocessing, in other means: characters one by one, repeated counting.


def slow_words(text):
    words, word = [], ""
    for character in text.lower():
        if character == " " or character in '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n':
            words.append(word)
            word = ""
        else:
            word += character
    return [word for word in [*words, word] if word != ""]


def slow_index(texts):
    everything = [word for text in texts for word in slow_words(text)]
    ranked = sorted(set(everything), key=lambda word: (-everything.count(word), everything.index(word)))
    return {word: ranked.index(word) + 1 for word in ranked}


def slow_sequences(texts, word_index, num_words):
    known = {word: index for word, index in word_index.items() if index < num_words}
    return [[known[word] for word in slow_words(text) if word in known] for text in texts]


def slow_row(sequence, maxlen):
    row = list(sequence)
    while len(row) > maxlen:
        row.pop(0)
    while len(row) < maxlen:
        row.insert(0, 0)
    return row


# Few different characters, so that words repeat and ties are many; among them those that tell implementations apart.
TEXTS = st.lists(st.text("abAB'é1 \t\n\r\xa0,._-İ", max_size=24), min_size=1, max_size=8)


# Words


def test_the_most_frequent_word_has_index_one():
    assert fitted("rare often often", "often middle middle").word_index == {"often": 1, "middle": 2, "rare": 3}


def test_words_equally_frequent_stand_in_the_order_of_first_appearance():
    index = fitted("pear apple fig apple pear", "date fig cherry").word_index
    assert index == {"pear": 1, "apple": 2, "fig": 3, "date": 4, "cherry": 5}


def test_a_word_counts_in_every_text_and_every_time():
    assert fitted("a b", "b c", "c c b b").word_index == {"b": 1, "c": 2, "a": 3}


def test_capitals_are_lowered():
    assert fitted("The THE the Étude ÉTUDE").word_index == {"the": 1, "étude": 2}


def test_an_apostrophe_belongs_to_its_word():
    assert Tokenizer.split("don't 'quoted' year's") == ["don't", "'quoted'", "year's"]


@pytest.mark.parametrize("character", FILTERS)
def test_a_filtered_character_is_a_space(character):
    assert Tokenizer.split(f"{character}one{character}two{character}{character}three ") == ["one", "two", "three"]


def test_the_filters_are_those_of_keras():
    assert set(FILTERS) == set(map(chr, [*range(33, 39), *range(40, 48), *range(58, 65), *range(91, 97),
                                         *range(123, 127), 9, 10]))  # fmt: skip


@pytest.mark.parametrize(
    "character",
    [
        pytest.param("\xa0", id="non-breaking space"),
        pytest.param("\r", id="carriage return"),
        pytest.param("\x0b", id="vertical tab"),
        pytest.param("\x0c", id="form feed"),
        pytest.param("\x85", id="next line"),
        pytest.param("\u2028", id="line separator"),
        pytest.param("\u3000", id="wide space"),
        pytest.param("£", id="pound sign"),
        pytest.param("’", id="curly apostrophe"),
        pytest.param("–", id="dash"),
    ],
)
def test_keras_does_not_split_at(character):
    assert Tokenizer.split(f"one{character}two three") == [f"one{character}two", "three"]


def test_a_carriage_return_before_a_line_end_stays_on_its_word():
    assert Tokenizer.split("one two\r\nthree") == ["one", "two\r", "three"]


def test_a_lone_non_breaking_space_is_a_word():
    assert Tokenizer.split("one \xa0 two") == ["one", "\xa0", "two"]


@pytest.mark.parametrize("text", ["", " ", "\n\t", "-- ... !?"])
def test_a_text_without_words_has_none(text):
    assert Tokenizer.split(text) == []
    assert fitted("a b").texts_to_sequences([text]) == [[]]


# Sequences


def test_a_sequence_holds_each_words_index_in_the_order_of_the_text():
    tokenizer = fitted("to be or not to be")
    assert tokenizer.texts_to_sequences(["not to be, or TO be"]) == [[4, 1, 2, 3, 1, 2]]


def test_a_word_never_seen_is_dropped_without_a_trace():
    assert fitted("one two").texts_to_sequences(["one unknown two", "unknown"]) == [[1, 2], []]


def test_an_index_of_num_words_or_more_is_dropped():
    tokenizer = fitted("a a a a b b b c c d", num_words=3)
    assert tokenizer.texts_to_sequences(["a b c d c b a"]) == [[1, 2, 2, 1]]


def test_word_index_keeps_the_words_that_sequences_drop():
    assert len(fitted("a b c d e", num_words=2).word_index) == 5


def test_the_highest_index_of_the_assignment_is_4999():
    words = [f"w{number}" for number in range(6000)]
    tokenizer = fitted(" ".join(words))
    (sequence,) = tokenizer.texts_to_sequences([" ".join(words)])
    assert tokenizer.word_index["w5999"] == 6000
    assert sequence == list(range(1, 5000))


@given(TEXTS, st.integers(1, 6))
def test_the_tokenizer_is_the_slow_one(texts, num_words):
    tokenizer = fitted(*texts, num_words=num_words)
    assert list(tokenizer.word_index.items()) == list(slow_index(texts).items())
    assert tokenizer.texts_to_sequences(texts) == slow_sequences(texts, slow_index(texts), num_words)


@given(st.text(max_size=40))
def test_any_text_is_split_as_the_slow_one_splits_it(text):
    assert Tokenizer.split(text) == slow_words(text)


# Padding


def test_a_shorter_sequence_gets_zeros_in_front():
    assert pad_sequences([[7, 8, 9]], maxlen=5).tolist() == [[0, 0, 7, 8, 9]]


def test_a_longer_sequence_loses_its_beginning():
    assert pad_sequences([[1, 2, 3, 4, 5, 6, 7]], maxlen=5).tolist() == [[3, 4, 5, 6, 7]]


def test_a_sequence_of_the_very_length_stays():
    assert pad_sequences([[1, 2, 3, 4, 5]], maxlen=5).tolist() == [[1, 2, 3, 4, 5]]


def test_an_empty_sequence_is_all_padding():
    assert pad_sequences([[], [4]], maxlen=3).tolist() == [[0, 0, 0], [0, 0, 4]]


def test_a_row_has_one_hundred_indices_of_64_bits():
    padded = pad_sequences([[1], list(range(1, 121))])
    assert padded.shape == (2, 100)
    assert padded.dtype == np.int64
    assert padded[1].tolist() == list(range(21, 121))


@given(st.lists(st.lists(st.integers(1, 4999), max_size=12), max_size=6), st.integers(0, 8))
def test_padding_is_the_slow_one(sequences, maxlen):
    padded = pad_sequences(sequences, maxlen=maxlen)
    assert padded.shape == (len(sequences), maxlen)
    assert padded.tolist() == [slow_row(sequence, maxlen) for sequence in sequences]


def test_a_text_becomes_its_last_hundred_known_words():
    text = "start " + " ".join(f"unknown{number} end" for number in range(99))
    tokenizer = fitted("end end start")
    (row,) = pad_sequences(tokenizer.texts_to_sequences([f"start {text}"]))
    assert row.tolist() == [2] + [1] * 99


def test_the_real_documents_become_the_matrix_of_keras(real_documents):
    if hashlib.sha256(real_documents.read_bytes()).hexdigest() != REAL_FILE_SHA256:
        pytest.skip("this df_file.csv is another one than Keras was measured on")
    texts, _ = read_documents(real_documents)
    tokenizer = fitted(*texts)
    padded = pad_sequences(tokenizer.texts_to_sequences(texts))
    assert len(tokenizer.word_index) == REAL_WORDS
    assert padded.shape == (DOCUMENTS, MAX_LENGTH)
    assert hashlib.sha256(padded.tobytes()).hexdigest() == REAL_MATRIX_SHA256


# Splits and batches


@pytest.fixture
def numbered():
    """Documents that can be told apart (the first word is the row), and labels that follow from the row."""
    rows = np.arange(DOCUMENTS)
    return np.stack([rows, 5000 - rows], axis=1), (rows % 5).tolist()


def test_the_split_is_1557_334_334(numbered):
    assert [len(labels) for _, labels in split_documents(*numbered)] == [1557, 334, 334]


def test_every_document_is_in_exactly_one_part(numbered):
    rows = np.concatenate([documents[:, 0] for documents, _ in split_documents(*numbered)])
    assert sorted(rows) == list(range(DOCUMENTS))


def test_labels_stay_with_their_documents(numbered):
    for documents, labels in split_documents(*numbered):
        assert labels.tolist() == (documents[:, 0] % 5).tolist()
        assert (documents.sum(axis=1) == 5000).all()


def test_the_split_is_sklearns_with_seed_42_both_times(numbered):
    train, rest = train_test_split(range(DOCUMENTS), test_size=0.3, random_state=42)
    valid, test = train_test_split(rest, test_size=0.5, random_state=42)
    parts = split_documents(*numbered)
    assert [documents[:, 0].tolist() for documents, _ in parts] == [train, valid, test]


def test_batches_are_32_documents_of_64_bit_indices_in_order():
    documents, labels = np.arange(140).reshape(70, 2), np.arange(70) % 5
    batches = list(make_loader(documents, labels))
    assert BATCH_SIZE == 32
    assert [tuple(words.shape) for words, _ in batches] == [(32, 2), (32, 2), (6, 2)]
    assert {batch.dtype for pair in batches for batch in pair} == {torch.int64}
    assert torch.cat([words for words, _ in batches]).tolist() == documents.tolist()
    assert torch.cat([batch for _, batch in batches]).tolist() == labels.tolist()


def test_a_shuffled_loader_keeps_every_document_with_its_label():
    documents, labels = np.arange(70)[:, None], np.arange(70) % 5
    loader = make_loader(documents, labels, shuffle=True)
    batches = list(loader)
    rows = torch.cat([words for words, _ in batches])[:, 0]
    assert rows.tolist() != list(range(70))
    assert sorted(rows.tolist()) == list(range(70))
    assert torch.cat([batch for _, batch in batches]).tolist() == (rows % 5).tolist()


@settings(max_examples=10)
@given(st.integers(0, 2**31))
def test_the_order_of_a_shuffled_loader_is_that_of_its_generator(seed):
    loader = make_loader(np.arange(70)[:, None], np.zeros(70, dtype=np.int64), shuffle=True)
    loader.generator.manual_seed(seed)
    first = [words.tolist() for words, _ in loader]
    torch.rand(1)  # what else is drawn does not matter
    loader.generator.manual_seed(seed)
    assert [words.tolist() for words, _ in loader] == first
