"""What a full training starts from: the reviews of one archive as vectors, and networks of the homework's sizes."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from labs.gating.reviews import HALVES, PRACTICE, UnusableData, archive_name, find_archives, read_reviews, standing_in
from labs.gating.training import EncodedReviews, encode_reviews
from labs.gating.word_vectors import obtain_vectors

NETWORKS = ("GRU", "minimal gated unit")
HIDDEN = 100
FOUND = "found"  # the archives of 200 reviews a category if they are there, else the practice reviews


@dataclass(frozen=True)
class ReviewSets:
    """One archive, encoded.

    size      what stands in the archive's name: 200, 40, 3 or practice
    repeated  (N,) bool: which test reviews stand in the training half, too, word for word
    """

    size: str
    train: EncodedReviews
    test: EncodedReviews
    repeated: np.ndarray


def archives_of(size=FOUND):
    """(size, paths (train, test)) of the archives that are asked for.  Raises UnusableData."""
    if size == FOUND:
        size = "200" if find_archives(200) else PRACTICE
    if size == PRACTICE:  # ours lie here, wherever the homework's are
        return size, tuple(Path(__file__).parent / "data" / archive_name(half, PRACTICE) for half in HALVES)
    paths = find_archives(size)
    if paths is None:
        raise UnusableData(
            f"{archive_name('train', size)} was not found; put both halves into data/, or set REVIEWS_DATA to their "
            "folder."
        )
    return size, paths


def read_sets(size=FOUND, is_clean=False):
    """The ReviewSets of an archive.  Raises UnusableData.

    is_clean   without the training reviews that the test half repeats: no network and no word vector knows these
    """
    size, paths = archives_of(size)
    train, test = map(read_reviews, paths)
    repeated = standing_in(train, test)
    if is_clean:
        taught = standing_in(test, train)
        train = [review for review, stands in zip(train, taught, strict=True) if not stands]
    vectors = obtain_vectors(train, test)
    return ReviewSets(size, encode_reviews(train, vectors), encode_reviews(test, vectors), repeated)


def build(classes, name, dimensions, seed):
    """A network of the homework's sizes with the first weights of a seed."""
    torch.manual_seed(seed)
    if name == "GRU":
        return classes["GRUNet"](dimensions, HIDDEN, 2, num_layers=2)
    return classes["pmGRU"](dimensions, HIDDEN, 2, batch_size=1)
