"""Find the archives of product reviews and read them, trusting nothing that stands in them.

An archive is a gzip of a pickle `[positive, negative, vocabulary]`, the first two from category to a list of
reviews, a review a list of words.  It is called .tar.gz and is no tar.  A pickle is a program; the one that
reads it here knows lists, dicts, strings and numbers, and has no way to name anything else.
"""

import gzip
import io
import os
import pickle
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

HALVES = ("train", "test")
PRACTICE = "practice"  # stands in a file's name where the number of reviews stands in the homework's
PLACES = (".", "data", "labs/gating/data")

MOST_BYTES = 40 * 2**20  # unpacked; the homework's largest archive has 14 MB
MOST_OPCODES = 5_000_000  # the homework's largest has half as many
MOST_REVIEWS = 200_000
MOST_WORDS = 20_000_000

ALLOWED_OPCODES = (
    *("PROTO", "FRAME", "STOP", "MARK"),
    *("PUT", "BINPUT", "LONG_BINPUT", "MEMOIZE", "GET", "BINGET", "LONG_BINGET"),
    *("LIST", "EMPTY_LIST", "APPEND", "APPENDS", "DICT", "EMPTY_DICT", "SETITEM", "SETITEMS"),
    *("STRING", "BINSTRING", "SHORT_BINSTRING", "UNICODE", "BINUNICODE", "SHORT_BINUNICODE"),
    *("INT", "BININT", "BININT1", "BININT2", "LONG", "LONG1", "FLOAT", "BINFLOAT"),
)
BROKEN_PICKLE = (
    *(pickle.UnpicklingError, EOFError, ValueError, IndexError, KeyError),
    *(TypeError, AttributeError, OverflowError, RecursionError, struct.error),
)


class UnusableData(ValueError):
    """An archive or a file of vectors can't be used as it is: a sentence that names the thing, the reason, the fix."""

    def _render_traceback_(self):  # what IPython prints in place of a traceback
        return [f"{type(self).__name__}: {self}"]


@dataclass(frozen=True)
class Review:
    """What somebody wrote about a product, and whether they liked it."""

    words: tuple
    category: str
    positive: bool


def archive_name(half, size):
    """The file that holds one half, such as `sentiment_dataset_train_200.tar.gz`."""
    return f"sentiment_dataset_{half}_{size}.tar.gz"


def find_archives(size=200, places=PLACES):
    """The paths (train, test) of the archives of that size, or None.

    They are looked for where REVIEWS_DATA points, else in the first of `places` that has both.  Raises
    UnusableData if REVIEWS_DATA points at a folder without them: what was asked for is not replaced in silence.
    """
    asked_for = os.environ.get("REVIEWS_DATA")
    folders = [Path(asked_for).expanduser()] if asked_for else [Path(place) for place in places]
    for folder in folders:
        paths = tuple(folder / archive_name(half, size) for half in HALVES)
        if all(path.is_file() for path in paths):
            return paths
    if asked_for:
        raise UnusableData(
            f"REVIEWS_DATA points at {asked_for}, which does not hold {archive_name('train', size)} and "
            f"{archive_name('test', size)}; correct it, or unset it to look in {', '.join(map(str, places))}."
        )
    return None


def read_reviews(path):
    """Every review of one archive, the positive ones first.  Raises UnusableData."""
    path = Path(path)
    positive, negative = read_halves(unpacked(path), path.name)
    reviews = [
        Review(tuple(words), category, liked)
        for by_category, liked in ((positive, True), (negative, False))
        for category, written in by_category.items()
        for words in written
    ]
    if not reviews:
        raise UnusableData(f"{path.name} holds no review; fetch it again.")
    return reviews


def unpacked(path):
    """The bytes inside the gzip, MOST_BYTES at most.  Raises UnusableData."""
    try:
        with gzip.open(path) as archive:
            content = archive.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise UnusableData(f"{path} is not there; put the archive there, or use the practice reviews.") from None
    except (OSError, EOFError, zlib.error) as reason:
        raise UnusableData(f"{path.name} is no gzip file, or a damaged one ({reason}); fetch it again.") from None
    if len(content) > MOST_BYTES:
        raise UnusableData(f"{path.name} unpacks to more than {MOST_BYTES >> 20} MiB; fetch the homework's archive.")
    if content[257:262] == b"ustar":
        raise UnusableData(f"{path.name} is a tar of other files; unpack it and use the archives inside.")
    return content


def refuse(unpickler):
    """Stands in for every opcode that is not allowed."""
    raise UnusableData("it holds more than lists, dicts, strings and numbers")


def counted(load):
    """An opcode that counts: each takes 200 bytes at most beside its text, so that their number bounds the memory."""

    def count_and_load(unpickler):
        unpickler.opcodes += 1
        if unpickler.opcodes > MOST_OPCODES:
            raise UnusableData(f"its pickle has more than {MOST_OPCODES} steps")
        load(unpickler)

    return count_and_load


def allowed_loads():
    """code of an opcode -> what it does."""
    codes = [getattr(pickle, name)[0] for name in ALLOWED_OPCODES]
    return dict.fromkeys(range(256), refuse) | {code: counted(pickle._Unpickler.dispatch[code]) for code in codes}


class PlainUnpickler(pickle._Unpickler):
    """Reads lists, dicts, strings and numbers, and refuses every other opcode before it acts."""

    dispatch = allowed_loads()

    def __init__(self, content):
        super().__init__(io.BytesIO(content), encoding="latin1")
        self.opcodes = 0


def read_halves(content, name):
    """The two dicts from category to reviews, of a pickle's bytes.  Raises UnusableData."""
    try:
        halves = PlainUnpickler(content).load()
        check_halves(halves)
    except UnusableData as reason:
        raise UnusableData(f"{name} is not an archive of reviews ({reason}); fetch it again.") from None
    except BROKEN_PICKLE as reason:
        told = f"{type(reason).__name__}: {reason}"[:120]
        raise UnusableData(f"{name} holds no pickle that can be read ({told}); fetch it again.") from None
    return halves[:2]


def check_halves(halves):
    """Raise UnusableData unless this is `[positive, negative, vocabulary]`.

    A pickle may name one list many times: the words are counted before they are looked at.
    """
    if not (is_list_of(halves, (dict, list)) and len(halves) == 3 and is_list_of(halves[:2], dict)):
        raise UnusableData("it is not [positive, negative, vocabulary]")
    written = [reviews for by_category in halves[:2] for reviews in by_category.values()]
    if not (all(is_list_of(by_category, str) for by_category in map(list, halves[:2])) and is_list_of(written, list)):
        raise UnusableData("its halves are not lists of reviews by category")
    if sum(map(len, written)) > MOST_REVIEWS:
        raise UnusableData(f"it holds more than {MOST_REVIEWS} reviews")
    reviews = [review for in_category in written for review in in_category]
    if not is_list_of(reviews, list):
        raise UnusableData("one of its reviews is not a list of words")
    if sum(map(len, reviews)) > MOST_WORDS:
        raise UnusableData(f"it holds more than {MOST_WORDS} words")
    if not all(is_list_of(review, str) for review in reviews):
        raise UnusableData("one of its reviews is not a list of words")


def is_list_of(value, kinds):
    return isinstance(value, list) and all(isinstance(entry, kinds) for entry in value)


def standing_in(others, reviews):
    """Which of N reviews stand among the others, too, word for word: (N,) bool."""
    known = {review.words for review in others}
    return np.array([review.words in known for review in reviews])
