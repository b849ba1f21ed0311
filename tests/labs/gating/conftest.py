"""What the tests of the gating lab share."""

import gzip
import os
import pickle
from pathlib import Path

import pytest

from grading.build.solution import solution_classes
from grading.room import open_room
from labs.gating.reviews import HALVES, PRACTICE, archive_name, read_reviews

REPOSITORY = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def real_archives():
    """real_archives(size) -> paths (train, test) of the homework's archives, which are not ours to give."""

    def find(size):
        asked_for = os.environ.get("REVIEWS_DATA")
        places = [asked_for] if asked_for else [REPOSITORY / "data", REPOSITORY.parent / "shared" / "data" / "reviews"]
        for place in places:
            paths = tuple(Path(place) / archive_name(half, size) for half in HALVES)
            if all(path.is_file() for path in paths):
                return paths
        return pytest.skip(
            f"{archive_name('train', size)} is not there: neither where REVIEWS_DATA points, nor in data/, nor in "
            "../shared/data/reviews/"
        )

    return find


@pytest.fixture(scope="session")
def practice_reviews():
    """(training half, test half) of the shipped practice reviews."""
    folder = REPOSITORY / "labs" / "gating" / "data"
    return tuple(read_reviews(folder / archive_name(half, PRACTICE)) for half in HALVES)


@pytest.fixture(scope="session")
def classes():
    """The solution's classes by name."""
    return solution_classes(open_room("gating"))


@pytest.fixture
def few_reviews(practice_reviews, tmp_path, monkeypatch):
    """Archives of 24 reviews to train on and 12 to test, 4 of them repeated, under the name of the 3-review ones.

    A test that asks for them works in an empty folder, where its word vectors are kept, too.
    """
    folder = tmp_path / "archives"
    folder.mkdir()
    for half, reviews, count in zip(HALVES, practice_reviews, (12, 6), strict=True):
        both = [[list(r.words) for r in reviews if r.positive == liked][:count] for liked in (True, False)]
        content = [*({"books": chosen} for chosen in both), []]
        (folder / archive_name(half, 3)).write_bytes(gzip.compress(pickle.dumps(content, protocol=0), mtime=0))
    monkeypatch.setenv("REVIEWS_DATA", str(folder))
    monkeypatch.delenv("WORD_VECTORS", raising=False)
    monkeypatch.chdir(tmp_path)
    return folder
