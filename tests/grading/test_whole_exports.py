"""An export is written whole or not at all: an interrupt leaves what was there before, and nothing half."""

import os

import pytest

from grading.export import kinds
from grading.export.writing import write_folder


@pytest.fixture
def interrupted(monkeypatch):
    """interrupted(count): the writing of the file after so many is interrupted."""

    def at(count):
        written = []
        sync = os.fsync

        def stopping(descriptor):
            written.append(descriptor)
            if len(written) > count:
                raise KeyboardInterrupt
            sync(descriptor)

        monkeypatch.setattr(os, "fsync", stopping)

    return at


@pytest.mark.parametrize("kind", ["nbgrader", "otter"])
def test_an_interrupted_folder_is_not_there(room, tmp_path, interrupted, kind):
    interrupted(1)
    with pytest.raises(KeyboardInterrupt):
        kinds.export(room, kind, tmp_path / "new" / "course")
    assert [path for path in tmp_path.rglob("*") if path.name != "new"] == []


def test_an_interrupted_zip_is_the_one_that_was_there(room, tmp_path, interrupted):
    (tmp_path / "autograder.zip").write_bytes(b"old")
    interrupted(0)
    with pytest.raises(KeyboardInterrupt):
        kinds.export(room, "gradescope", tmp_path / "autograder.zip")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("autograder.zip", b"old")]


def test_a_folder_that_holds_something_keeps_it_when_it_is_interrupted(tmp_path, interrupted):
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "a.py").write_text("old")
    interrupted(1)
    with pytest.raises(KeyboardInterrupt):
        write_folder(tmp_path / "course", {"a.py": "new", "sub/b.py": "new"})
    assert [(path.name, path.read_text()) for path in (tmp_path / "course").iterdir()] == [("a.py", "old")]
    assert [path.name for path in tmp_path.iterdir()] == ["course"]


@pytest.mark.parametrize("before", ["nothing", "empty", "full", "link", "half"])
def test_a_folder_gets_its_files_beside_what_is_there(tmp_path, before):
    out, there = tmp_path / "course", tmp_path / "elsewhere"
    there.mkdir()
    if before in ("empty", "full"):
        out.mkdir()
    if before == "full":
        (out / "sub").mkdir()
        (out / "sub" / "own.txt").write_text("own")
    if before == "link":
        out.symlink_to(there)
    if before == "half":
        (tmp_path / ".course.part").mkdir()
        (tmp_path / ".course.part" / "left.py").write_text("of a kill")
    write_folder(out, {"a.py": "a", "sub/b.py": "b"})
    found = {path.relative_to(out).as_posix(): path.read_text() for path in out.rglob("*") if path.is_file()}
    assert found == {"a.py": "a", "sub/b.py": "b"} | ({"sub/own.txt": "own"} if before == "full" else {})
    assert out.is_symlink() == (before == "link")
    assert not list(tmp_path.rglob(".*"))
