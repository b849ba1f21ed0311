"""Where this lab's data lies and what it needs beside the main room's packages, for `doctor`."""

from labs.gating.reviews import UnusableData, archive_name, find_archives

PACKAGES = ("gensim", "scipy")
STAND_IN = (
    f"{archive_name('train', 200)} is not there; invented practice reviews stand in (labs/gating/data); "
    "REVIEWS_DATA may name the archives' folder"
)

__all__ = ["PACKAGES", "STAND_IN", "UnusableData", "find_documents"]


def find_documents():
    """The path of the training archive of 200 reviews a category, or None.  Raises UnusableData."""
    paths = find_archives(200)
    return paths and paths[0]
