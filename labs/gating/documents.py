"""Where this lab's data lies, for `doctor`."""

from labs.gating.reviews import UnusableData, archive_name, find_archives

STAND_IN = f"{archive_name('train', 200)} is not there; invented practice reviews stand in (labs/gating/data)"

__all__ = ["STAND_IN", "UnusableData", "find_documents"]


def find_documents():
    """The path of the training archive of 200 reviews a category, or None.  Raises UnusableData."""
    paths = find_archives(200)
    return paths and paths[0]
