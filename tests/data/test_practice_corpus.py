"""The practice corpus: the shipped file is the generator's, and has the measures of the BBC's documents."""

import csv
import importlib.util
import lzma
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

DATA = Path(__file__).resolve().parents[2] / "data"
SHIPPED = DATA / "practice.csv.xz"
SEPARATORS = '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n'  # Keras's Tokenizer: everything but the apostrophe

# Share of the BBC's documents, and their length in words by the tokenizer's rules.
BBC_LENGTHS = {0.05: 165, 0.10: 193, 0.25: 250, 0.50: 338, 0.75: 476, 0.90: 625, 0.95: 739, 0.99: 1011}


@pytest.fixture(scope="module")
def generator():
    spec = importlib.util.spec_from_file_location("practice_corpus", DATA / "practice_corpus.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def generated(generator):
    return generator.csv_text()


@pytest.fixture(scope="module")
def shipped_text():
    return lzma.decompress(SHIPPED.read_bytes()).decode("utf-8")


@pytest.fixture(scope="module")
def rows(shipped_text):
    return list(csv.reader(shipped_text.splitlines(keepends=True)))


@pytest.fixture(scope="module")
def labels(rows):
    return np.array([int(label) for _, label in rows[1:]])


@pytest.fixture(scope="module")
def documents(rows):
    """The words of each document, by the tokenizer's rules."""
    to_spaces = str.maketrans(dict.fromkeys(SEPARATORS, " "))
    return [text.lower().translate(to_spaces).split() for text, _ in rows[1:]]


def test_shipped_file_is_what_the_generator_writes(generated, shipped_text):
    assert generated == shipped_text


def test_practice_documents_are_the_rows_of_the_file(generator, monkeypatch, rows):
    monkeypatch.setattr(generator, "DOCUMENTS_PER_LABEL", (4,))
    documents = generator.practice_documents()
    assert documents == generator.practice_documents()
    assert documents == [(text, int(label)) for text, label in rows[1:5]]


def test_another_seed_gives_another_corpus(generator, monkeypatch):
    monkeypatch.setattr(generator, "DOCUMENTS_PER_LABEL", (4,))
    documents = generator.practice_documents()
    monkeypatch.setattr(generator, "SEED", generator.SEED + 1)
    assert not set(documents) & set(generator.practice_documents())


def run_main(generator, monkeypatch, folder, *arguments):
    """The exit status of the command line, run on a file in another folder."""
    monkeypatch.setattr(generator, "__file__", str(folder / "practice_corpus.py"))
    monkeypatch.setattr(sys, "argv", ["practice_corpus.py", *arguments])
    return generator.main()


def test_check_passes_on_the_shipped_file_and_says_nothing(generator, generated, monkeypatch, capsys):
    monkeypatch.setattr(generator, "csv_text", lambda: generated)
    assert run_main(generator, monkeypatch, DATA, "--check") == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("edit", [lambda text: text.replace(b"said", b"says", 1), lambda text: text[:-1]])
def test_check_names_a_file_that_was_edited(generator, generated, monkeypatch, tmp_path, capsys, edit):
    (tmp_path / SHIPPED.name).write_bytes(lzma.compress(edit(generated.encode()), preset=0))
    monkeypatch.setattr(generator, "csv_text", lambda: generated)
    assert run_main(generator, monkeypatch, tmp_path, "--check") == 1
    assert capsys.readouterr().err == "practice.csv.xz is not what python data/practice_corpus.py writes.\n"


def test_check_names_a_file_that_is_missing(generator, generated, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(generator, "csv_text", lambda: generated)
    assert run_main(generator, monkeypatch, tmp_path, "--check") == 1
    assert capsys.readouterr().err.startswith("practice.csv.xz is not what")


def test_check_does_not_mind_how_the_file_was_compressed(generator, generated, monkeypatch, tmp_path):
    (tmp_path / SHIPPED.name).write_bytes(lzma.compress(generated.encode(), preset=0))
    monkeypatch.setattr(generator, "csv_text", lambda: generated)
    assert run_main(generator, monkeypatch, tmp_path, "--check") == 0


def test_main_writes_a_file_that_check_accepts(generator, monkeypatch, tmp_path):
    monkeypatch.setattr(generator, "csv_text", lambda: "Text,Label\nA short one,0\n")
    assert run_main(generator, monkeypatch, tmp_path) == 0
    assert run_main(generator, monkeypatch, tmp_path, "--check") == 0


def test_columns_and_classes_are_those_of_df_file(rows, labels):
    assert rows[0] == ["Text", "Label"]
    assert all(len(row) == 2 for row in rows)
    assert labels.tolist() == [0] * 417 + [1] * 511 + [2] * 401 + [3] * 386 + [4] * 510


def test_text_is_ascii_without_unfilled_slots(rows, shipped_text):
    assert shipped_text.isascii()
    assert "\r" not in shipped_text
    assert "_" not in shipped_text
    capitals = {word for text, _ in rows[1:] for word in text.split() if word.isupper() and len(word) > 2}
    assert not capitals & {
        "NOUN",
        "NOUNS",
        "VERB",
        "VERBS",
        "VERBED",
        "VERBING",
        "ADJ",
        "ROLE",
        "ROLES",
        "FIRM",
    }


def test_each_document_is_its_own(rows):
    assert len({text for text, _ in rows[1:]}) == 2225


def test_document_has_a_headline_and_paragraphs(rows):
    assert all(text.count("\n\n") >= 2 for text, _ in rows[1:])
    assert not any(text.split("\n\n")[0].endswith(".") for text, _ in rows[1:])
    assert all(text.endswith(".") for text, _ in rows[1:])


def test_vocabulary_is_larger_than_the_tokenizer_keeps(documents):
    assert len({word for words in documents for word in words}) > 5000


def test_compressed_file_is_under_one_megabyte():
    assert SHIPPED.stat().st_size < 1_000_000


def test_nearly_all_documents_have_over_a_hundred_words(documents):
    assert np.mean([len(words) > 100 for words in documents]) > 0.99


@pytest.mark.parametrize(("share", "words"), BBC_LENGTHS.items())
def test_lengths_are_those_of_the_bbc(documents, share, words):
    assert np.quantile([len(document) for document in documents], share) == pytest.approx(words, rel=0.10)


def test_topic_is_in_the_last_hundred_words(documents, labels):
    counts = Counter(word for words in documents for word in words)
    rank = {word: index for index, (word, _) in enumerate(counts.most_common(), start=1)}
    last_words = [" ".join([word for word in words if rank[word] < 5000][-100:]) for words in documents]
    train, rest = train_test_split(np.arange(len(labels)), test_size=0.3, random_state=42)
    _, test = train_test_split(rest, test_size=0.5, random_state=42)
    vectorizer = TfidfVectorizer(token_pattern=r"\S+")
    train_features = vectorizer.fit_transform([last_words[i] for i in train])
    model = LogisticRegression(max_iter=1000).fit(train_features, labels[train])
    assert model.score(vectorizer.transform([last_words[i] for i in test]), labels[test]) > 0.90
