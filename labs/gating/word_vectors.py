"""Words become vectors: those that somebody trained on the news, or some trained here on the training reviews."""

import hashlib
import json
import os
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from gensim import __version__ as gensim_version
from gensim import utils as gensim_files
from gensim.models import KeyedVectors, Word2Vec

from labs.gating.reviews import UnusableData

DIMENSIONS = 300
TRAINING = {"vector_size": DIMENSIONS, "window": 5, "min_count": 2, "seed": 0, "workers": 1}
WORDS_READ = 8_000_000  # by word2vec, in so many passes that few words are enough
MOST_PASSES = 60
# What a reader of numpy's archives raises of one in which any byte may be another.
DAMAGED = (OSError, EOFError, ValueError, LookupError, RuntimeError, MemoryError, zipfile.BadZipFile, zlib.error)
LONGEST_LINE = 100_000  # bytes: of a file of vectors as text, a word and its numbers
FILE_NAMES = ("GoogleNews-vectors-negative300.bin", "GoogleNews-vectors-negative300.bin.gz")  # no pickles


@dataclass(frozen=True)
class WordVectors:
    """A table of vectors, and the row of each word in it.

    rows    word -> row, from 1
    table   (1 + words, D) float32; row 0 is zero: it pads, and it stands for a review without a known word
    """

    rows: dict
    table: torch.Tensor

    @property
    def dimensions(self):
        return self.table.shape[1]

    def encode(self, words):
        """The rows (T,) of the words that have a vector; of a review that has none, one zero vector's."""
        known = [self.rows[word] for word in words if word in self.rows]
        return torch.tensor(known or [0])


def table_of(keyed, words):
    """The WordVectors of those `words` that gensim's KeyedVectors hold: a table of three million is not needed."""
    known = [word for word in words if word in keyed.key_to_index]
    if not known:
        raise UnusableData("these vectors have none of the reviews' words; use vectors of English words.")
    vectors = np.stack([keyed[word] for word in known]).astype(np.float32)
    if not np.isfinite(vectors).all():
        raise UnusableData("these vectors hold what is no number (NaN, or infinite); fetch the file again.")
    table = np.concatenate([np.zeros((1, vectors.shape[1]), np.float32), vectors])
    return WordVectors({word: row for row, word in enumerate(known, start=1)}, torch.from_numpy(table))


def obtain_vectors(train, test, cache="word_vectors"):
    """The WordVectors of both halves' words: from a file that is there, else trained on the training half alone."""
    words = sorted({word for review in (*train, *test) for word in review.words})
    path = find_vectors()
    if path:
        print(f"The words' vectors are those of {path}.")
        vectors = table_of(read_vectors(path), words)
    else:
        print("No file of word vectors was found: word2vec learns them from the training reviews.")
        vectors = table_of(trained_vectors(train, cache), words)
    silent = sum(not any(word in vectors.rows for word in review.words) for review in (*train, *test))
    print(
        f"{len(vectors.rows):,} of {len(words):,} different words have a vector, of {vectors.dimensions} numbers; "
        f"{silent:,} of {len(train) + len(test):,} reviews have none of them, and are one zero vector."
    )
    return vectors


def find_vectors(places=(".", "data")):
    """The file of vectors: where WORD_VECTORS points, else one of FILE_NAMES in `places`, else None.

    Raises UnusableData if WORD_VECTORS points at nothing.
    """
    asked_for = os.environ.get("WORD_VECTORS")
    if asked_for:
        path = Path(asked_for).expanduser()
        if not path.is_file():
            raise UnusableData(f"WORD_VECTORS points at {path}, which is no file; correct it, or unset it.")
        return path
    candidates = (Path(place) / name for place in places for name in FILE_NAMES)
    return next((path for path in candidates if path.is_file()), None)


def read_vectors(path):
    """gensim's KeyedVectors of a file: its own format (.kv), or word2vec's, binary or text.  Raises UnusableData.

    A .kv file is a pickle, which may run anything.  So none is taken because it lies somewhere: WORD_VECTORS must name
    it, and should name one that you or gensim's downloader wrote.
    """
    path = Path(path)
    try:
        if path.suffix == ".kv":
            return KeyedVectors.load(str(path), mmap="r")
        return KeyedVectors.load_word2vec_format(str(path), **layout_of(path))
    except FileNotFoundError as reason:
        missing = Path(reason.filename or path).name
        raise UnusableData(f"{path.name} needs {missing}, which is not beside it; put both into one folder.") from None
    except MemoryError:
        raise UnusableData(f"{path.name} does not fit into memory; save one of fewer words with gensim.") from None
    except Exception as reason:  # gensim has no one error for a damaged file
        raise UnusableData(
            f"{path.name} holds no word vectors that gensim can read ({type(reason).__name__}); fetch it again."
        ) from None


def layout_of(path):
    """How gensim should read a file of vectors: word2vec's binary form, its text, or GloVe's, which has no header."""
    with gensim_files.open(str(path), "rb") as file:
        first, second = file.readline(LONGEST_LINE), file.readline(LONGEST_LINE)
    has_header = len(first.split()) == 2
    return {"binary": not is_text(second if has_header else first), "no_header": not has_header}


def is_text(line):
    """Whether a line is a word and its numbers, and no numbers as a computer keeps them."""
    try:
        return len([float(number) for number in line.split()[1:]]) > 1
    except ValueError:
        return False


def trained_vectors(reviews, cache="word_vectors"):
    """What word2vec (CBOW) makes of these reviews, as KeyedVectors; the same reviews give the same vectors.

    They are kept in the folder `cache` under a digest of all that they depend on, without a pickle.  Raises
    UnusableData for reviews in which no word stands twice.
    """
    path = Path(cache) / f"{digest_of(reviews)}.npz"
    if (kept := kept_vectors(path)) is not None:
        return kept
    if not is_worth_reading(reviews):
        raise UnusableData(
            f"no word stands {TRAINING['min_count']} times in the training reviews, so word2vec has nothing to learn; "
            "use other reviews, or name a file of vectors with WORD_VECTORS."
        )
    model = Word2Vec([list(review.words) for review in reviews], **TRAINING, epochs=passes(reviews))
    words, vectors = model.wv.index_to_key, model.wv.vectors
    path.parent.mkdir(parents=True, exist_ok=True)
    half_written = path.with_name(path.name + ".part")
    with half_written.open("wb") as file:
        np.savez(file, words=np.frombuffer(json.dumps(words).encode(), np.uint8), vectors=vectors)
    half_written.replace(path)
    return keyed_vectors(words, vectors)


def kept_vectors(path):
    """The KeyedVectors in a file of `trained_vectors`, or None where it is not there, or damaged."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:  # which leaves a damaged one open
            return keyed_vectors(json.loads(kept["words"].tobytes()), kept["vectors"])
    except DAMAGED:
        return None


def is_worth_reading(reviews):
    """Whether any word stands so often that word2vec learns its vector."""
    counts = Counter(word for review in reviews for word in review.words)
    return max(counts.values(), default=0) >= TRAINING["min_count"]


def passes(reviews):
    """How often word2vec reads the reviews."""
    words = sum(len(review.words) for review in reviews)
    return max(1, min(MOST_PASSES, WORDS_READ // max(words, 1)))


def digest_of(reviews):
    """What the trained vectors depend on: the words in their order, how they are trained, and gensim's version."""
    digest = hashlib.sha256(f"{gensim_version} {sorted(TRAINING.items())} {passes(reviews)}\n".encode())
    for review in reviews:
        digest.update(" ".join(review.words).encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()[:32]


def keyed_vectors(words, vectors):
    keyed = KeyedVectors(vectors.shape[1])
    keyed.add_vectors(words, vectors)
    return keyed
