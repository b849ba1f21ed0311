"""What the tests of the assignment's checks share: a submission written as a text, and what it comes to."""

import pytest

from grading.mark.files import Submission
from grading.mark.marking import mark_submission
from grading.room import REPOSITORY, open_room
from grading.sandbox.worker import Zygote

RIGHT = REPOSITORY / "assignment" / "cases" / "all-right"


@pytest.fixture(scope="session")
def zygote():
    started = Zygote()
    yield started
    started.close()


@pytest.fixture(scope="session")
def right():
    """The right modules: file -> text."""
    return {path.name: path.read_text(encoding="utf-8") for path in RIGHT.glob("*.py")}


@pytest.fixture(scope="session")
def mark_texts(zygote):
    """mark_texts({file: text}) -> (Result, item id -> row)."""

    def mark(texts, **options):
        room = open_room()
        vars(room)["rubric"] = room.rubric | options
        files = {name: text.encode() for name, text in texts.items()}
        result = mark_submission(room, Submission("one", files), zygote)
        return result, {row.id: row for row in result.items}

    return mark


@pytest.fixture(scope="session")
def changed(right):
    """changed(file, old, new, ...) -> the right module of that name, with texts in it replaced."""

    def change(file, *pairs):
        text = right[file]
        for old, new in zip(pairs[::2], pairs[1::2], strict=True):
            assert old in text, old
            text = text.replace(old, new)
        return text

    return change
