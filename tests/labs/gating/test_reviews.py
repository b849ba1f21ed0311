"""The archives of reviews: what is in them is read, and nothing in them is run."""

import gzip
import os
import pickle
import struct
import subprocess
import tracemalloc

import pytest

from grading.room import REPOSITORY
from labs.gating import reviews
from labs.gating.reviews import Review, UnusableData, find_archives, read_reviews, standing_in

HALVES = [{"books": [["good", "story"]], "music": [["fine"]]}, {"books": [["dull"]]}, ["dull", "fine", "good", "story"]]


@pytest.fixture
def archive(tmp_path):
    """archive(bytes or an object) -> the path of a gzip of them."""

    def write(content, protocol=0):
        content = content if isinstance(content, bytes) else pickle.dumps(content, protocol)
        path = tmp_path / "sentiment_dataset_train_9.tar.gz"
        path.write_bytes(gzip.compress(content))
        return path

    return write


class RunsACommand:
    """Leaves a file in the working folder where somebody makes one from its pickle."""

    def __reduce__(self):
        return os.system, ("touch a_command_was_run",)


class MakesAList:
    def __reduce__(self):
        return list, ()


class HasAState:
    """A class that the reader would find under its name, were it to look."""

    def __init__(self):
        self.words = ["good"]


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_reviews_are_read_in_the_file_s_order_whatever_the_protocol(archive, protocol):
    assert read_reviews(archive(HALVES, protocol)) == [
        Review(("good", "story"), "books", True),
        Review(("fine",), "music", True),
        Review(("dull",), "books", False),
    ]


def test_strings_of_python_2_are_latin_1(archive):
    path = archive(b"(lp0\n(dp1\nS'caf\\xe9s'\np2\n(lp3\n(lp4\nS'caf\\xe9'\np5\naasa(dp6\na(lp7\na.")
    assert read_reviews(path) == [Review(("café",), "cafés", True)]


@pytest.mark.parametrize(
    "held",
    [
        RunsACommand(),
        MakesAList(),
        HasAState(),
        os.system,
        {"good"},
        ("good",),
        b"good",
        bytearray(b"good"),
        None,
        True,
    ],
    ids=lambda held: type(held).__name__,
)
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_what_is_no_list_dict_string_or_number_is_refused(archive, held, protocol, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = archive([{"books": [[held]]}, {}, []], protocol)
    is_number = held is True and protocol < 2  # I01: a number that is no word
    said = "not a list of words" if is_number else "more than lists, dicts, strings and numbers"
    with pytest.raises(UnusableData, match=said):
        read_reviews(path)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "content",
    [
        b"cos\nsystem\n(S'true'\ntR.",
        b"(S'true'\nios\nsystem\n.",
        b"\x82\x01.",
        b"P1\n.",
        b"]\x94Q.",
        b"]}b.",
        b"\x96" + struct.pack("<Q", 2**40) + b".",
        b"]2.",
    ],
    ids=["global", "instance", "extension", "persistent", "persistent-2", "build", "bytearray", "duplicate"],
)
def test_opcodes_that_could_do_more_are_refused_by_name(archive, content):
    with pytest.raises(UnusableData, match="more than lists, dicts, strings and numbers"):
        read_reviews(archive(content))


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"garbage", b"(lp0\n", b".", b"a.", b"]s.", b"g7\n.", b"}]]s.", b"I12x\n.", b"]p-1\n."),
        *(b"J\x01", b"X\x01", b"G\0", b"\x95\0", b"T\xff\xff\xff\xff."),
    ],
    ids=repr,
)
def test_broken_pickles_are_one_sentence(archive, content):
    with pytest.raises(UnusableData, match=r"^sentiment_dataset_train_9\.tar\.gz .* fetch it again\.$"):
        read_reviews(archive(content))


@pytest.mark.parametrize(
    "held",
    [
        {},
        HALVES[:2],
        [*HALVES, []],
        [HALVES[0], HALVES[2], HALVES[1]],
        [{"books": "good"}, {}, []],
        [{1: [["good"]]}, {}, []],
        [{"books": ["good"]}, {}, []],
        [{"books": [["good", 1]]}, {}, []],
        [{"books": [[["good"]]]}, {}, []],
        [{}, {}, []],
    ],
    ids=repr,
)
def test_other_shapes_are_refused(archive, held):
    with pytest.raises(UnusableData):
        read_reviews(archive(held))


def test_one_list_named_very_often_is_counted_before_it_is_read(archive, monkeypatch):
    monkeypatch.setattr(reviews, "MOST_WORDS", 100)
    review = ["good"] * 11
    with pytest.raises(UnusableData, match="more than 100 words"):
        read_reviews(archive([{"books": [review] * 10}, {}, []]))


@pytest.mark.parametrize("content", [b"]" * 200, b"(" * 200, b"]" + b"\x94" * 200, b"]" + b"q\x01" * 200], ids=str)
def test_what_grows_without_end_is_refused_while_it_is_made(archive, monkeypatch, content):
    monkeypatch.setattr(reviews, "MOST_OPCODES", 100)
    with pytest.raises(UnusableData, match="more than 100 steps"):
        read_reviews(archive(content + b"."))


@pytest.mark.parametrize("code", [b"(", b"]", b"\x94", b"K\x01"], ids=["MARK", "EMPTY_LIST", "MEMOIZE", "BININT1"])
def test_a_step_takes_200_bytes_at_most(monkeypatch, code):
    steps = 50_000
    monkeypatch.setattr(reviews, "MOST_OPCODES", steps)
    tracemalloc.start()
    try:
        with pytest.raises(UnusableData, match="steps"):
            reviews.read_halves(b"]" + code * steps + b".", "archive")
        assert tracemalloc.get_traced_memory()[1] < 200 * steps
    finally:
        tracemalloc.stop()


def test_an_archive_that_unpacks_without_end_is_refused(archive, monkeypatch):
    monkeypatch.setattr(reviews, "MOST_BYTES", 2**20)
    with pytest.raises(UnusableData, match="unpacks to more than 1 MiB"):
        read_reviews(archive(b"0" * 2**24))


@pytest.mark.parametrize("content", [b"not gzip", b"", b"\x1f\x8b", gzip.compress(bytes(99))[:-9]], ids=repr)
def test_damaged_gzip_is_one_sentence(tmp_path, content):
    (tmp_path / "reviews.tar.gz").write_bytes(content)
    with pytest.raises(UnusableData, match=r"^reviews\.tar\.gz .*\.$"):
        read_reviews(tmp_path / "reviews.tar.gz")


def test_a_tar_of_the_archives_says_that_it_must_be_unpacked(archive):
    with pytest.raises(UnusableData, match="unpack it and use the archives inside"):
        read_reviews(archive(bytes(257) + b"ustar" + bytes(250)))


def test_what_was_asked_for_is_not_replaced_in_silence(tmp_path, monkeypatch):
    monkeypatch.setenv("REVIEWS_DATA", str(tmp_path))
    with pytest.raises(UnusableData, match="REVIEWS_DATA points at"):
        find_archives(200)


def test_a_review_is_repeated_where_its_words_are_whatever_was_thought_of_them():
    one, other = Review(("good",), "books", True), Review(("dull",), "books", False)
    assert standing_in([one, one], [one, other, Review(("good",), "music", False)]).tolist() == [True, False, True]


@pytest.mark.parametrize("folder", [".", "data", "labs/gating/data"])
@pytest.mark.parametrize(
    "name",
    [
        *("sentiment_dataset_train_200.tar.gz", "sentiment_dataset_test_3.tar.gz"),
        *("vectors.kv", "vectors.kv.vectors.npy", "GoogleNews-vectors-negative300.bin.gz"),
    ],
)
def test_git_takes_nothing_that_is_not_ours_to_give(folder, name):
    assert subprocess.run(["git", "check-ignore", "--quiet", f"{folder}/{name}"], cwd=REPOSITORY).returncode == 0


# What ../shared/data/README.md says of the homework's archives: positive, negative of each half; repeated reviews.
HOMEWORK = {3: (50, 50, 25, 25, 4), 40: (800, 779, 200, 195, 55), 200: (3918, 3581, 980, 897, 275)}


@pytest.mark.parametrize("size", HOMEWORK)
def test_the_homework_s_archives_hold_what_is_known_of_them(real_archives, size):
    train, test = map(read_reviews, real_archives(size))
    counts = [sum(review.positive is liked for review in half) for half in (train, test) for liked in (True, False)]
    shared = {review.words for review in train} & {review.words for review in test}
    assert (*counts, len(shared)) == HOMEWORK[size]
    assert len({review.category for review in train}) == 25
